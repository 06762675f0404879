//! Scripts without a table of their own: letter by letter through the crate `any_ascii`.

use super::Reading;

/// One reading, empty where nothing of the word can be read.
pub fn readings(word: &str) -> Vec<Reading> {
    let mut spelt = String::with_capacity(word.len());
    for c in word.chars() {
        spelt.extend(any_ascii::any_ascii_char(c).chars().map(|l| l.to_ascii_lowercase()));
    }
    vec![vec![spelt]]
}
