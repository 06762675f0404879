//! Hangul by arithmetic on the syllable blocks: Korean names with the customary spelling of the
//! surname, and foreign names as one word.

use std::sync::LazyLock;

use super::table::{self, Table};
use super::Reading;

static SURNAMES: LazyLock<Table> =
    LazyLock::new(|| table::parse(include_str!("../../data/hangul_surnames.txt")));

/// Initials as lists spell them in Korean names, and as they stand for foreign sounds.
#[rustfmt::skip]
const INITIALS: [(&str, &str); 19] = [
    ("k", "g"), ("kk", "kk"), ("n", "n"), ("t", "d"), ("tt", "tt"), ("r", "r"), ("m", "m"),
    ("p", "b"), ("pp", "pp"), ("s", "s"), ("ss", "s"), ("", ""), ("j", "j"), ("jj", "jj"),
    ("ch", "ch"), ("k", "k"), ("t", "t"), ("p", "p"), ("h", "h"),
];
#[rustfmt::skip]
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "u", "ui", "i",
];
#[rustfmt::skip]
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "p", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];

/// Places in [`INITIALS`] and [`VOWELS`] that the spelling looks at.
const NO_INITIAL: usize = 11;
const INITIAL_R: usize = 5;
const INITIAL_S: usize = 9;
const INITIAL_SS: usize = 10;
const VOWEL_EO: usize = 4;
const VOWEL_WI: usize = 16;
const VOWEL_EU: usize = 18;
const FINAL_L: usize = 8;

/// One block: places of initial, vowel and final.
#[derive(Clone, Copy)]
struct Syllable {
    initial: usize,
    vowel: usize,
    last: usize,
}

/// Readings: surname and given syllables if the word may be a Korean name, and the word as it
/// writes foreign sounds.
pub fn readings(word: &str) -> Vec<Reading> {
    let blocks: Vec<(char, Syllable)> =
        word.chars().filter_map(|c| syllable(c).map(|block| (c, block))).collect();
    let syllables: Vec<Syllable> = blocks.iter().map(|(_, block)| *block).collect();
    let mut readings = names(&blocks);
    readings.push(vec![foreign(&syllables)]);
    readings
}

fn syllable(c: char) -> Option<Syllable> {
    let code = u32::from(c).checked_sub(0xAC00).filter(|code| *code < 11_172)?;
    let code = usize::try_from(code).ok()?;
    Some(Syllable { initial: code / 588, vowel: code / 28 % 21, last: code % 28 })
}

/// Surname, then each given syllable as a token: up to two readings by the surname's spellings.
fn names(blocks: &[(char, Syllable)]) -> Vec<Reading> {
    for width in [2, 1] {
        let Some((surname, given)) = blocks.split_at_checked(width) else {
            continue;
        };
        if given.len() > 2 || (width == 2 && given.is_empty()) {
            continue;
        }
        let key: String = surname.iter().map(|(c, _)| c).collect();
        let Some(known) = SURNAMES.get(key.as_str()) else {
            continue;
        };
        let given: Vec<String> = given.iter().map(|(_, block)| native(*block)).collect();
        let with_given = |name: &str| [vec![name.to_owned()], given.clone()].concat();
        return known.split('|').map(with_given).collect();
    }
    Vec::new()
}

fn native(block: Syllable) -> String {
    let initial = INITIALS.get(block.initial).map_or("", |pair| pair.0);
    let vowel = VOWELS.get(block.vowel).copied().unwrap_or("");
    let last = FINALS.get(block.last).copied().unwrap_or("");
    [initial, vowel, last].concat()
}

/// The word as a foreign name: no filling vowels, `l` for doubled r, `er` for a last open eo.
fn foreign(blocks: &[Syllable]) -> String {
    let mut spelt = String::new();
    for (at, block) in blocks.iter().enumerate() {
        let is_last = at + 1 == blocks.len();
        let mut initial = INITIALS.get(block.initial).map_or("", |pair| pair.1);
        let mut vowel = VOWELS.get(block.vowel).copied().unwrap_or("");
        if block.initial == INITIAL_R && spelt.ends_with('l') {
            initial = "l";
            spelt.pop();
        }
        if block.initial == INITIAL_S && (vowel.starts_with('y') || block.vowel == VOWEL_WI) {
            initial = "sh";
            vowel = if block.vowel == VOWEL_WI { "" } else { vowel.trim_start_matches('y') };
        }
        if block.initial == INITIAL_SS && block.vowel == VOWEL_EU {
            initial = "ts";
        }
        if block.vowel == VOWEL_EU && block.initial != NO_INITIAL {
            vowel = "";
        }
        if block.vowel == VOWEL_EO && block.last == 0 && is_last && blocks.len() > 1 {
            vowel = "er";
        }
        spelt.push_str(initial);
        spelt.push_str(vowel);
        let next_is_r = blocks.get(at + 1).is_some_and(|next| next.initial == INITIAL_R);
        let last = FINALS.get(block.last).copied().unwrap_or("");
        spelt.push_str(if block.last == FINAL_L && !next_is_r { "l" } else { last });
    }
    spelt
}
