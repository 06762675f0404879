//! The sounds that letters a-z write, whatever script they were read from.

use crate::letters::LETTERS_MAX;

/// Sounds of a word that count, and classes of its key: as many as a word has letters, which is
/// also what the index keeps of a key. Only a row of x has more.
pub const SOUNDS_MAX: usize = LETTERS_MAX;

pub const A: u8 = 1;
pub const E: u8 = 2;
pub const I: u8 = 3;
pub const O: u8 = 4;
pub const U: u8 = 5;
pub const Y: u8 = 6;
pub const W: u8 = 7;
pub const P: u8 = 8;
pub const B: u8 = 9;
pub const F: u8 = 10;
pub const V: u8 = 11;
pub const T: u8 = 12;
pub const D: u8 = 13;
pub const TH: u8 = 14;
pub const DH: u8 = 15;
pub const K: u8 = 16;
pub const KH: u8 = 17;
pub const H: u8 = 18;
pub const G: u8 = 19;
pub const SOFT_G: u8 = 20;
pub const J: u8 = 21;
pub const ZH: u8 = 22;
pub const Z: u8 = 23;
pub const S: u8 = 24;
pub const SOFT_C: u8 = 25;
pub const SH: u8 = 26;
pub const CH: u8 = 27;
pub const TS: u8 = 28;
pub const L: u8 = 29;
pub const R: u8 = 30;
pub const M: u8 = 31;
pub const N: u8 = 32;

pub const COUNT: usize = 33;

/// The sounds of a word on the stack.
pub struct Sounds {
    sounds: [u8; SOUNDS_MAX],
    length: usize,
}

impl Sounds {
    /// Hears the letters of a word from left to right.
    pub fn of(letters: &[u8]) -> Self {
        let mut heard = Self { sounds: [0; SOUNDS_MAX], length: 0 };
        let letters = letters.get(..LETTERS_MAX).unwrap_or(letters);
        let mut at = 0;
        while at < letters.len() {
            at += heard.hear(letters, at);
        }
        heard
    }

    fn push(&mut self, sound: u8) {
        let last = self.length.checked_sub(1).and_then(|at| self.sounds.get(at));
        if sound == 0 || last == Some(&sound) {
            return;
        }
        if let Some(slot) = self.sounds.get_mut(self.length) {
            *slot = sound;
            self.length += 1;
        }
    }

    /// The sounds heard.
    pub fn as_slice(&self) -> &[u8] {
        self.sounds.get(..self.length).unwrap_or(&[])
    }

    /// Adds the sound of the letters at a place; returns how many letters it took.
    fn hear(&mut self, letters: &[u8], at: usize) -> usize {
        let letter = |place: usize| letters.get(place).copied().unwrap_or(0);
        let (c, next, third) = (letter(at), letter(at + 1), letter(at + 2));
        let before = at.checked_sub(1).map_or(0, letter);
        let is_soft = matches!(next, b'e' | b'i' | b'y');
        let is_first = at == 0;
        if c == b'x' && !is_first {
            self.push(K);
        }
        let (sound, width) = vowel_at(c, next, before, is_first)
            .unwrap_or_else(|| consonant_at([before, c, next, third], at, is_soft));
        self.push(sound);
        width
    }
}

/// The vowel or half-vowel that begins with a letter, and how many letters write it.
fn vowel_at(c: u8, next: u8, before: u8, is_first: bool) -> Option<(u8, usize)> {
    Some(match (c, next) {
        (b'a', _) => (A, 1),
        (b'e', b'e') => (I, 2),
        (b'e', _) => (E, 1),
        (b'i', _) => (I, 1),
        (b'o', b'o' | b'u') => (U, 2),
        (b'o', _) => (O, 1),
        (b'u', _) => (U, 1),
        (b'y', _) if is_vowel_letter(next) && (is_first || is_vowel_letter(before)) => (Y, 1),
        (b'y', _) => (I, 1),
        (b'w', b'h') => (W, 2),
        (b'w', _) if is_vowel_letter(before) && !is_vowel_letter(next) => (U, 1),
        (b'w', _) => (W, 1),
        _ => return None,
    })
}

/// The consonant that begins with the second of four letters, and how many letters write it.
fn consonant_at([before, c, next, third]: [u8; 4], at: usize, is_soft: bool) -> (u8, usize) {
    match (c, next) {
        (b'p', b'h') => (F, 2),
        (b'p', _) => (P, 1),
        (b'b', b'h') => (B, 2),
        (b'b', _) => (B, 1),
        (b'f', _) => (F, 1),
        (b'v', _) => (V, 1),
        (b't', b'h') => (TH, 2),
        (b't', b's' | b'z') => (TS, 2),
        (b't', b'c') if third == b'h' => (CH, 3),
        (b't', _) => (T, 1),
        (b'd', b'z') if third == b'h' => (J, 3),
        (b'd', b'j') => (J, 2),
        (b'd', b'z') => (Z, 2),
        (b'd', b'h') => (DH, 2),
        (b'd', _) => (D, 1),
        (b'k', b'h') => (KH, 2),
        (b'k' | b'q', _) => (K, 1),
        (b'c', b'h') if at == 0 && matches!(third, b'r' | b'l') => (K, 2),
        (b'c', b'h') if third == b't' => (KH, 2),
        (b'c', b'h') => (CH, 2),
        (b'c', b'z') => (CH, 2),
        (b'c', _) if is_soft => (SOFT_C, 1),
        (b'c', 0) if before == b'i' && at >= 3 => (CH, 1),
        (b'c', _) => (K, 1),
        (b'g', b'h') => (G, 2),
        (b'g', _) if is_soft => (SOFT_G, 1),
        (b'g', _) => (G, 1),
        (b'j', _) => (J, 1),
        (b's', b'h') => (SH, 2),
        (b's', b'c') if third == b'h' => (SH, 3),
        (b's', b'z') => (SH, 2),
        (b's', _) => (S, 1),
        (b'z', b'h') => (ZH, 2),
        (b'z', _) => (Z, 1),
        (b'x', _) => (S, 1),
        (b'l', _) => (L, 1),
        (b'r', _) => (R, 1),
        (b'm', _) => (M, 1),
        (b'n', b'g') if !is_vowel_letter(third) => (N, 2),
        (b'n', b'p' | b'b' | b'm') => (M, 1),
        (b'n', _) => (N, 1),
        (b'h', _) if at == 0 || is_vowel_letter(next) => (H, 1),
        _ => (0, 1),
    }
}

fn is_vowel_letter(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}
