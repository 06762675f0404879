//! A coarse phonetic form of a Latin word, so that spellings of one sound become one.

use crate::letters::Letters;

/// Folds digraphs, vowels and doubled letters: `Qadhdhafi` and `Kadafi` sound the same.
///
/// The form keeps the order of sounds and is never empty for a word with letters.
pub fn phonetic(word: &[u8]) -> Letters {
    let mut sounds = Letters::EMPTY;
    let mut place = 0;
    while let Some(&letter) = word.get(place) {
        let next = word.get(place + 1).copied().unwrap_or(0);
        let after = word.get(place + 2).copied().unwrap_or(0);
        let previous = sounds.last().copied().unwrap_or(0);
        if letter == b'h' && is_vowel(previous) && !is_vowel(next) {
            place += 1;
            continue;
        }
        if letter == b'x' {
            place += 1;
            // Inside a word it is two sounds; at the head (Xu, Xenia) it is a sibilant.
            if place > 1 && previous != b'k' {
                sounds.push(b'k');
            }
            sounds.push(b's');
            continue;
        }
        let (sound, length) = sound_at(letter, next, after);
        place += length;
        if previous != sound {
            sounds.push(sound);
        }
    }
    if sounds.is_empty() && !word.is_empty() {
        sounds.push(b'h');
    }
    sounds
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The sound that begins with `letter`, and how many letters write it.
fn sound_at(letter: u8, next: u8, after: u8) -> (u8, usize) {
    match (letter, next) {
        (b's', b'c') if after == b'h' => (b's', 3),
        (b'p', b'h') => (b'f', 2),
        (b'k', b'h') => (b'h', 2),
        (b'g', b'h') => (b'g', 2),
        (b'd', b'h') => (b'd', 2),
        (b't', b'h') => (b't', 2),
        (b's', b'h') => (b's', 2),
        (b'z', b'h') => (b's', 2),
        (b'c', b'h') => (b'c', 2),
        (b'c', b'k') => (b'k', 2),
        (b'd', b'j') => (b'j', 2),
        (b'c', b'e' | b'i' | b'y') => (b's', 1),
        (b'c' | b'q', _) => (b'k', 1),
        (b'z', _) => (b's', 1),
        (b'w', _) => (b'v', 1),
        (b'o', b'u' | b'o') => (b'u', 2),
        (b'o', _) => (b'u', 1),
        (b'e', b'e' | b'i' | b'y') => (b'i', 2),
        (b'e' | b'y', _) => (b'i', 1),
        (b'i', b'e' | b'y') => (b'i', 2),
        _ => (letter, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_sound_become_one() {
        for (one, other) in [
            ("qadhdhafi", "kadafi"),
            ("youssef", "yusef"),
            ("aleksandr", "alexandr"),
            ("schmidt", "shmidt"),
            ("yevgeny", "evgeniy"),
        ] {
            assert_eq!(phonetic(one.as_bytes()), phonetic(other.as_bytes()));
        }
    }
}
