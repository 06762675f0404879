//! Arabic script: Arabic, with the letters of Persian, Urdu, Pashto, Kurdish and Uyghur. Gives
//! the consonants and the written long vowels; short vowels only from signs or the name table.

use std::sync::LazyLock;

use super::table::{self, Table};
use super::{jot, Reading};

/// Names of which the customary spelling is known, keyed by [`key`].
static NAMES: LazyLock<Table> =
    LazyLock::new(|| table::parse(include_str!("../../data/arabic_names.txt")));

/// Readings of a word: known names as lists print them; the attached article as a token `al`;
/// a second reading where Arabic and Persian hear a letter differently.
pub fn readings(word: &str) -> Vec<Reading> {
    let letters: Vec<char> = word.chars().filter(|c| !is_silent_sign(*c)).collect();
    let bare: String = letters.iter().filter_map(|c| key(*c)).collect();
    if let Some(known) = NAMES.get(bare.as_str()) {
        return known.split('|').map(table::tokens).collect();
    }
    let letters: Vec<char> = letters.into_iter().map(plain).collect();
    let mut readings = vec![reading(&letters, Tongue::Arabic)];
    readings.extend(jot(&readings));
    if letters.iter().any(|c| matches!(c, 'ث' | 'ذ' | 'ض' | 'ظ')) {
        readings.push(reading(&letters, Tongue::Persian));
    }
    readings
}

/// Whose sounds the letters ث ذ ض ظ have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tongue {
    Arabic,
    Persian,
}

/// The tokens of a word that is not a known name as a whole.
fn reading(letters: &[char], tongue: Tongue) -> Reading {
    const SERVANT: [char; 5] = ['ع', 'ب', 'د', 'ا', 'ل'];
    const GOD: [char; 4] = ['ا', 'ل', 'ل', 'ه'];
    const FAITH: [char; 5] = ['ا', 'ل', 'د', 'ي', 'ن'];
    if let Some(rest) = letters.strip_prefix(&SERVANT).filter(|rest| rest.len() >= 3) {
        return vec!["abdul".to_owned(), stem(rest, tongue)];
    }
    for (end, spelt) in [(&GOD[..], "ullah"), (&FAITH[..], "uddin")] {
        if let Some(rest) = letters.strip_suffix(end).filter(|rest| rest.len() >= 2) {
            return vec![stem(rest, tongue) + spelt];
        }
    }
    if let Some(rest) = letters.strip_prefix(&['و', 'ا', 'ل']).filter(|rest| rest.len() >= 4) {
        return vec!["wa".to_owned(), "al".to_owned(), stem(rest, tongue)];
    }
    match letters.strip_prefix(&['ا', 'ل']) {
        Some(rest) if rest.len() >= 3 => vec!["al".to_owned(), stem(rest, tongue)],
        _ => vec![spell(letters, tongue)],
    }
}

/// A part of a word, by the name table where it stands there as one token.
fn stem(letters: &[char], tongue: Tongue) -> String {
    let bare: String = letters.iter().filter_map(|c| key(*c)).collect();
    match NAMES.get(bare.as_str()).and_then(|known| known.split('|').next()) {
        Some(name) if !name.trim().contains(' ') => name.trim().to_owned(),
        _ => spell(letters, tongue),
    }
}

/// Signs that say nothing about the sound: tatweel, joiners, sukun, tanwin, maddah.
fn is_silent_sign(c: char) -> bool {
    matches!(u32::from(c), 0x0640 | 0x200B..=0x200F | 0x064B..=0x064D | 0x0652..=0x065F)
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64E}' | '\u{64F}' | '\u{650}' | '\u{651}' | '\u{670}')
}

/// The letter by which the name table knows a letter; none for vowel signs and hamza.
fn key(c: char) -> Option<char> {
    match plain(c) {
        'أ' | 'إ' | 'آ' => Some('ا'),
        'ى' | 'ئ' => Some('ي'),
        'ؤ' => Some('و'),
        'ة' => Some('ه'),
        'ء' => None,
        c if is_vowel_sign(c) => None,
        c => Some(c),
    }
}

/// One form for letters that differ only by the language they are typed in.
fn plain(c: char) -> char {
    match c {
        'ٱ' => 'ا',
        'ی' | 'ۍ' | 'ې' | 'ێ' | 'ے' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۂ' | 'ۃ' => 'ه',
        'ګ' => 'گ',
        _ => c,
    }
}

fn is_vowel_letter(c: Option<char>) -> bool {
    matches!(c, Some('ا' | 'أ' | 'إ' | 'آ' | 'و' | 'ي' | 'ى' | 'ؤ' | 'ئ' | 'ة'))
}

/// Letter by letter, with و and ي as consonant or vowel by their neighbours.
fn spell(letters: &[char], tongue: Tongue) -> String {
    let mut spelt = String::with_capacity(letters.len() * 2);
    let mut rest = letters;
    let mut before = None;
    while let Some((&c, tail)) = rest.split_first() {
        rest = tail;
        let next = tail.first().copied();
        let at_start = before.is_none();
        let sound = match c {
            'ت' if next == Some('ش') => {
                rest = rest.get(1..).unwrap_or(&[]);
                "ch"
            }
            'د' if next == Some('ج') => "",
            'ا' | 'أ' | 'إ' if at_start && matches!(next, Some('و')) => {
                rest = rest.get(1..).unwrap_or(&[]);
                "o"
            }
            'ا' | 'أ' | 'إ' if at_start && matches!(next, Some('ي')) => {
                rest = rest.get(1..).unwrap_or(&[]);
                "i"
            }
            'ا' | 'أ' | 'آ' | 'ى' => "a",
            'إ' => "i",
            'و' | 'ۆ' | 'ۇ' | 'ۈ' => waw(before, next),
            'ي' if at_start || matches!(next, Some('ا' | 'آ' | 'و' | 'ة')) => "y",
            'ي' | 'ئ' => "i",
            'ؤ' => "u",
            'ع' if at_start && matches!(next, Some('ا' | 'آ' | 'ي')) => "",
            'ع' if at_start || !(is_vowel_letter(before) || is_vowel_letter(next)) => "a",
            'ه' if next.is_none() && !is_vowel_letter(before) => "ah",
            'ة' => "ah",
            'غ' if before == Some('ن') && !is_vowel_letter(next) => "g",
            'ث' if tongue == Tongue::Persian => "s",
            'ذ' | 'ض' if tongue == Tongue::Persian => "z",
            'ظ' if tongue == Tongue::Persian => "dh",
            _ => consonant(c),
        };
        spelt.push_str(sound);
        if !is_vowel_sign(c) {
            before = Some(c);
        }
    }
    spelt
}

fn waw(before: Option<char>, next: Option<char>) -> &'static str {
    let opens = matches!(next, Some('ا' | 'آ' | 'ة'));
    match before {
        None | Some('ا' | 'آ') => "w",
        Some(_) if opens => "w",
        Some(_) => "u",
    }
}

fn consonant(c: char) -> &'static str {
    match c {
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' | 'ټ' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ض' | 'ڈ' | 'ډ' => "d",
        'ذ' => "dh",
        'ر' | 'ڑ' | 'ړ' | 'ڕ' => "r",
        'ز' | 'ظ' | 'ځ' => "z",
        'ژ' | 'ږ' => "zh",
        'س' | 'ص' => "s",
        'څ' => "ts",
        'ش' | 'ښ' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ڤ' | 'ۋ' => "v",
        'ق' => "q",
        'ك' => "k",
        'گ' | 'ڠ' | 'ڭ' => "g",
        'ل' | 'ڵ' => "l",
        'م' => "m",
        'ن' | 'ں' | 'ڼ' => "n",
        '\u{64E}' | '\u{670}' => "a",
        '\u{64F}' => "u",
        '\u{650}' => "i",
        _ => "",
    }
}
