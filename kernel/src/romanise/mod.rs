//! Spells a word of another script in Latin letters, as sanctions lists customarily print it.
//! It does not compare anything and leaves Latin words to the fold.

mod arabic;
mod caucasus;
mod cyrillic;
mod greek;
mod han;
mod hangul;
mod hebrew;
mod kana;
mod other;
mod table;

use crate::script::Script;

/// One way to read a word: its tokens, each of the letters a-z only.
pub type Reading = Vec<String>;

/// The most readings a word gets.
pub const READINGS_MAX: usize = 3;

/// The ways to read a word, the best first, without duplicates, at most [`READINGS_MAX`].
///
/// The word is in one script, lower case, NFKC, without blanks; marks may occur. Every reading
/// has at least one token and no token is empty: a word of which no letter can be read is spelt
/// by the numbers of its characters, so that it still equals itself and nothing else.
pub fn romanise(word: &str, script: Script) -> Vec<Reading> {
    let raw = match script {
        Script::Cyrillic => cyrillic::readings(word),
        Script::Greek => greek::readings(word),
        Script::Arabic => arabic::readings(word),
        Script::Hebrew => hebrew::readings(word),
        Script::Georgian | Script::Armenian => caucasus::readings(word),
        Script::Hangul => hangul::readings(word),
        Script::Han => han::readings(word),
        Script::Kana => kana::readings(word),
        Script::Latin | Script::Other | Script::Common => other::readings(word),
    };
    let mut readings = tidy(raw);
    if readings.is_empty() {
        readings = tidy(other::readings(word));
    }
    if readings.is_empty() {
        readings.push(vec![by_number(word)]);
    }
    readings
}

/// The first reading with j for a y that begins it, as German, Nordic and southern Slavic names
/// are written (`Jan`, `Jovan`).
fn jot(readings: &[Reading]) -> Option<Reading> {
    match readings.first().map(Vec::as_slice) {
        Some([word]) => word.strip_prefix('y').map(|rest| vec![format!("j{rest}")]),
        _ => None,
    }
}

/// Keeps letters a-z, drops what is empty then and what was said before.
fn tidy(raw: Vec<Reading>) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::with_capacity(raw.len().min(READINGS_MAX));
    for mut reading in raw {
        for token in &mut reading {
            token.retain(|c| c.is_ascii_lowercase());
        }
        reading.retain(|token| !token.is_empty());
        if !reading.is_empty() && !readings.contains(&reading) {
            readings.push(reading);
        }
        if readings.len() == READINGS_MAX {
            break;
        }
    }
    readings
}

/// The code points of a word in letters: `u` for each character, then its number to base 16 in
/// the letters a to p.
fn by_number(word: &str) -> String {
    let mut spelt = String::new();
    for c in word.chars() {
        spelt.push('u');
        let hex = format!("{:x}", u32::from(c));
        spelt.extend(hex.bytes().map(|digit| match digit {
            b'0'..=b'9' => char::from(b'a' + (digit - b'0')),
            _ => char::from(b'k' + (digit - b'a')),
        }));
    }
    if spelt.is_empty() {
        spelt.push('u');
    }
    spelt
}

#[cfg(test)]
mod tests;
