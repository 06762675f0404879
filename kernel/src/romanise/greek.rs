//! Greek, as ELOT 743 and passports spell it, with the pairs that stand for one sound.

use unicode_normalization::UnicodeNormalization;

use super::Reading;

/// χ is ch or h; the pairs that write b, d and g in foreign names are read so, and letter by letter.
pub fn readings(word: &str) -> Vec<Reading> {
    let letters: Vec<char> = word.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).collect();
    let mut readings: Vec<Reading> = Vec::with_capacity(3);
    for (chi, is_foreign) in [("ch", false), ("h", true), ("h", false)] {
        let reading = vec![spell(&letters, chi, is_foreign)];
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

fn spell(letters: &[char], chi: &str, is_foreign: bool) -> String {
    let mut spelt = String::with_capacity(letters.len() * 2);
    let mut rest = letters;
    while let Some((&c, tail)) = rest.split_first() {
        let is_stop = is_foreign || spelt.is_empty();
        let voiced = matches!(tail.get(1), Some(c) if "αεηιουωβγδζλμνρ".contains(*c));
        let (sound, width) = match (c, tail.first()) {
            ('ο', Some('υ')) => ("ou", 2),
            ('α', Some('υ')) => (if voiced { "av" } else { "af" }, 2),
            ('ε', Some('υ')) => (if voiced { "ev" } else { "ef" }, 2),
            ('μ', Some('π')) => (if is_stop { "b" } else { "mp" }, 2),
            ('ν', Some('τ')) => (if is_stop { "d" } else { "nt" }, 2),
            ('γ', Some('κ')) => (if is_stop { "g" } else { "gk" }, 2),
            ('γ', Some('γ')) => ("ng", 2),
            ('γ', Some('χ' | 'ξ')) => ("n", 1),
            ('τ', Some('ζ')) => ("tz", 2),
            ('χ', _) => (chi, 1),
            _ => (letter(c), 1),
        };
        spelt.push_str(sound);
        rest = rest.get(width..).unwrap_or(&[]);
    }
    spelt
}

fn letter(c: char) -> &'static str {
    match c {
        'α' => "a",
        'β' | 'ϐ' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' | 'ϵ' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' | 'ϑ' => "th",
        'κ' | 'ϰ' => "k",
        'λ' => "l",
        'μ' | 'µ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' | 'ϖ' => "p",
        'ρ' | 'ϱ' => "r",
        'σ' | 'ς' | 'ϲ' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' | 'ϕ' => "f",
        'ψ' => "ps",
        'ϳ' => "y",
        _ => "",
    }
}
