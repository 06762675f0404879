//! Hebrew.

use super::Reading;

/// Readings of a word.
pub fn readings(word: &str) -> Vec<Reading> {
    super::other::readings(word)
}
