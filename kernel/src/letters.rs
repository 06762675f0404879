//! A folded word of at most 32 letters and digits, kept in place without allocation.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::Deref;

/// Letters and digits kept of one word; what is longer is cut and counted.
pub const LETTERS_MAX: usize = 32;

/// A word of `a`-`z` and `0`-`9`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letters {
    bytes: [u8; LETTERS_MAX],
    length: u8,
}

impl Letters {
    /// The empty word.
    pub const EMPTY: Letters = Letters { bytes: [0; LETTERS_MAX], length: 0 };

    /// Takes the first `LETTERS_MAX` letters of a word.
    pub fn new(word: &[u8]) -> Letters {
        let mut letters = Letters::EMPTY;
        for &letter in word.iter().take(LETTERS_MAX) {
            letters.push(letter);
        }
        letters
    }

    /// Appends a letter; false if there is no room.
    pub fn push(&mut self, letter: u8) -> bool {
        match self.bytes.get_mut(usize::from(self.length)) {
            Some(place) => {
                *place = letter;
                self.length += 1;
                true
            }
            None => false,
        }
    }

    /// Two words written as one.
    pub fn glued(first: &[u8], second: &[u8]) -> Letters {
        let mut letters = Letters::new(first);
        for &letter in second {
            letters.push(letter);
        }
        letters
    }

    /// The word as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self).unwrap_or("")
    }

    /// True if any character is a digit.
    pub fn has_digit(&self) -> bool {
        self.iter().any(u8::is_ascii_digit)
    }
}

impl Deref for Letters {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or(&[])
    }
}

impl Hash for Letters {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(hash(self));
    }
}

/// Maps by words. The hash is fast and fixed; whoever makes words collide costs time, nothing else.
pub type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// Combines the hashes of words.
#[derive(Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.write_u64(hash(bytes));
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl fmt::Debug for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

/// A fast 64-bit hash of a short word, the same on every platform.
pub fn hash(word: &[u8]) -> u64 {
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15 ^ (word.len() as u64);
    for chunk in word.chunks(8) {
        let mut block = [0u8; 8];
        for (place, &letter) in block.iter_mut().zip(chunk) {
            *place = letter;
        }
        state = (state ^ u64::from_le_bytes(block)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        state ^= state >> 32;
    }
    state.wrapping_mul(0xc4ce_b9fe_1a85_ec53) ^ (state >> 29)
}
