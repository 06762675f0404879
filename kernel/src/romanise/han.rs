//! Chinese characters in pinyin.

use super::Reading;

/// Readings of a word.
pub fn readings(word: &str) -> Vec<Reading> {
    let mut spelt = String::new();
    for c in word.chars() {
        spelt.push_str(&any_ascii::any_ascii_char(c).to_ascii_lowercase());
    }
    vec![vec![spelt]]
}
