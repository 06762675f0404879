//! Chinese characters: names in pinyin, surname apart, and foreign names by the sounds that their
//! characters customarily stand for. Japanese kanji are read as Chinese.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::table::{self, Table};
use super::Reading;

/// The surnames of which the reading is not the first one of their characters.
static SURNAMES: LazyLock<Table> = LazyLock::new(|| table::parse(SURNAME_LINES));

/// The surnames of one character with its first reading.
static PLAIN_SURNAMES: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let plain = table::lines(SURNAME_LINES).filter(|(key, _)| *key == "+");
    plain.flat_map(|(_, characters)| characters.chars()).collect()
});

const SURNAME_LINES: &str = include_str!("../../data/han_surnames.txt");

/// The foreign sound of each character that has one.
static FOREIGN: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    let lines = table::lines(include_str!("../../data/han_foreign.txt"));
    lines.flat_map(|(sound, characters)| characters.chars().map(move |c| (c, sound))).collect()
});

/// A word of more characters than a name has is a phrase: its pinyin is cut into words of two.
const NAME_CHARACTERS_MAX: usize = 4;

/// Readings: as a Chinese name if it starts with a surname, as a foreign name if its characters
/// write sounds, else plain pinyin.
pub fn readings(word: &str) -> Vec<Reading> {
    let characters: Vec<char> = word.chars().collect();
    let count = characters.len();
    let foreign = foreign(&characters);
    if count > NAME_CHARACTERS_MAX {
        let pairs = characters.chunks(2).map(pinyin).collect();
        return foreign.into_iter().map(|name| vec![name]).chain([pairs]).collect();
    }
    let mut readings = names(&characters);
    readings.truncate(2);
    if readings.is_empty() {
        readings.push(vec![pinyin(&characters)]);
    }
    if let Some(name) = foreign.filter(|_| count >= 2) {
        let all_sound = characters.iter().all(|c| FOREIGN.contains_key(c));
        let place = if all_sound && count >= 3 { 0 } else { readings.len() };
        readings.insert(place, vec![name]);
    }
    readings
}

/// Surname and given name, one reading for each customary spelling of the surname.
fn names(characters: &[char]) -> Vec<Reading> {
    for width in [2, 1] {
        let Some((surname, given)) = characters.split_at_checked(width) else {
            continue;
        };
        let key: String = surname.iter().collect();
        let given = pinyin(given);
        if let Some(known) = SURNAMES.get(key.as_str()) {
            return known.split('|').map(|name| vec![name.to_owned(), given.clone()]).collect();
        }
        if surname.iter().all(|c| width == 1 && PLAIN_SURNAMES.contains(c)) {
            return vec![vec![pinyin(surname), given]];
        }
    }
    Vec::new()
}

/// The word as a foreign name; none if fewer than two thirds of its characters write sounds.
fn foreign(characters: &[char]) -> Option<String> {
    let mut spelt = String::new();
    let mut sounds = 0;
    for c in characters {
        if let Some(sound) = FOREIGN.get(c) {
            spelt.push_str(sound);
            sounds += 1;
        } else {
            spelt.push_str(&pinyin(&[*c]));
        }
    }
    (3 * sounds >= 2 * characters.len()).then_some(spelt)
}

fn pinyin(characters: &[char]) -> String {
    let syllables = characters.iter().map(|c| any_ascii::any_ascii_char(*c).to_ascii_lowercase());
    syllables.collect()
}
