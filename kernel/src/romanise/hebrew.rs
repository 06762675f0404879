//! Hebrew: consonants and the written vowels, with a table of names that leave vowels unwritten.

use std::sync::LazyLock;

use super::table::{self, Table};
use super::{jot, Reading};

static NAMES: LazyLock<Table> =
    LazyLock::new(|| table::parse(include_str!("../../data/hebrew_names.txt")));

/// Readings of a word: known names as they are printed, all others letter by letter.
pub fn readings(word: &str) -> Vec<Reading> {
    let letters: Vec<char> = word.chars().filter(|c| is_letter(*c) || is_geresh(*c)).collect();
    let bare: String = letters.iter().filter(|c| is_letter(**c)).collect();
    if let Some(known) = NAMES.get(bare.as_str()) {
        return known.split('|').map(table::tokens).collect();
    }
    let mut readings = vec![vec![spell(&letters)]];
    readings.extend(jot(&readings));
    readings
}

fn is_letter(c: char) -> bool {
    ('א'..='ת').contains(&c)
}

fn is_geresh(c: char) -> bool {
    matches!(c, '׳' | '\'' | '’')
}

/// Letter by letter. A geresh gives ג ז צ the foreign sounds j zh ch.
fn spell(letters: &[char]) -> String {
    let mut spelt = String::with_capacity(letters.len() * 2);
    let mut rest = letters;
    let mut before = None;
    while let Some((&c, tail)) = rest.split_first() {
        rest = tail;
        let next = tail.first().copied();
        let mut width = 0;
        let sound = match (c, next) {
            ('ג', Some(mark)) if is_geresh(mark) => "j",
            ('ז', Some(mark)) if is_geresh(mark) => "zh",
            ('צ' | 'ץ', Some(mark)) if is_geresh(mark) => "ch",
            ('ו', Some('ו')) => {
                width = 1;
                "w"
            }
            ('י', Some('י')) => {
                width = 1;
                if before.is_none() {
                    "y"
                } else {
                    "ai"
                }
            }
            ('ט', Some('ש')) => {
                width = 1;
                "ch"
            }
            ('א', Some('ו' | 'י')) if before.is_none() => "",
            ('א' | 'ע', _) => "a",
            ('ו', _) if before.is_none() => "v",
            ('ו', None) if matches!(before, Some('א' | 'י')) => "v",
            ('ו', _) => "o",
            ('י', Some('א' | 'ו' | 'ה')) => "y",
            ('י', _) => {
                if before.is_none() {
                    "y"
                } else {
                    "i"
                }
            }
            ('ה', None) => "ah",
            ('ב', None) => "v",
            ('פ', Some(_)) if before.is_none() => "p",
            ('ך', _) => "ch",
            _ => consonant(c),
        };
        spelt.push_str(sound);
        rest = rest.get(width..).unwrap_or(&[]);
        before = Some(c);
    }
    spelt
}

fn consonant(c: char) -> &'static str {
    match c {
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' | 'ח' => "h",
        'ז' => "z",
        'ט' | 'ת' => "t",
        'כ' | 'ק' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' => "p",
        'ף' => "f",
        'צ' | 'ץ' => "tz",
        'ר' => "r",
        'ש' => "sh",
        _ => "",
    }
}
