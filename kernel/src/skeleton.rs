//! Compares words across scripts: a coarse consonant key that decides which words can be alike
//! at all, and a weighted alignment of sounds that says how alike. It knows no script: both sides
//! are letters a-z.

mod sound;

use sound::{Sounds, SOUNDS_MAX};

/// The similarity of two words that sound the same.
pub const SAME: u32 = 4096;

/// The sounds of each class of the key; the key leaves out all others.
const CLASS_MEMBERS: [(u8, &[u8]); 9] = {
    use sound::*;
    [
        (b'p', &[P, B, F, V, W]),
        (b't', &[T, D, TH, DH]),
        (b'k', &[K]),
        (b'h', &[H, KH]),
        (b'g', &[G, SOFT_G, J, ZH]),
        (b's', &[S, SOFT_C, Z, SH, CH, TS]),
        (b'l', &[L, R]),
        (b'm', &[M]),
        (b'n', &[N]),
    ]
};

/// The class of each sound, 0 for none.
const CLASSES: [u8; sound::COUNT] = {
    let mut classes = [0; sound::COUNT];
    let mut class = 0;
    while class < CLASS_MEMBERS.len() {
        let (letter, members) = CLASS_MEMBERS[class];
        let mut member = 0;
        while member < members.len() {
            classes[members[member] as usize] = letter;
            member += 1;
        }
        class += 1;
    }
    classes
};

/// What it costs that a sound has no counterpart.
const MISSING: [u16; sound::COUNT] = table_of_sounds(14, 16, 30, 40, 90);

/// What a sound adds to the length that costs are measured against.
const WEIGHT: [u16; sound::COUNT] = table_of_sounds(20, 20, 40, 50, 100);

const fn table_of_sounds(vowel: u16, y: u16, w: u16, h: u16, other: u16) -> [u16; sound::COUNT] {
    let mut table = [other; sound::COUNT];
    let mut at = 0;
    while at <= sound::U as usize {
        table[at] = vowel;
        at += 1;
    }
    table[sound::Y as usize] = y;
    table[sound::W as usize] = w;
    table[sound::H as usize] = h;
    table
}

/// What it costs to read one sound for another.
const INSTEAD: [[u8; sound::COUNT]; sound::COUNT] = {
    let mut table = [[160; sound::COUNT]; sound::COUNT];
    let mut a = 0;
    while a < sound::COUNT {
        let mut b = 0;
        while b < sound::COUNT {
            let vowels = is_vowel(a as u8) as u8 + is_vowel(b as u8) as u8;
            if vowels == 2 {
                table[a][b] = 12;
            } else if vowels == 1 {
                table[a][b] = 110;
            }
            b += 1;
        }
        table[a][a] = 0;
        a += 1;
    }
    let mut at = 0;
    while at < CONFUSED.len() {
        let (a, b, cost) = CONFUSED[at];
        table[a as usize][b as usize] = cost;
        table[b as usize][a as usize] = cost;
        at += 1;
    }
    table
};

const fn is_vowel(sound: u8) -> bool {
    sound <= sound::U
}

/// Sounds that scripts and customs of spelling confuse.
#[rustfmt::skip]
const CONFUSED: [(u8, u8, u8); 67] = {
    use sound::*;
    [
        (E, I, 5), (O, U, 5), (A, O, 8), (A, E, 8),
        (I, Y, 4), (E, Y, 8), (A, Y, 24), (O, Y, 24), (U, Y, 20),
        (U, W, 8), (O, W, 10), (A, W, 30), (E, W, 36), (I, W, 36), (V, W, 8), (F, W, 25),
        (B, W, 40), (Y, J, 30),
        (P, B, 20), (F, V, 15), (B, V, 20), (P, F, 20), (B, F, 40), (P, V, 40),
        (T, D, 20), (T, TH, 8), (D, DH, 8), (TH, DH, 15), (TH, D, 25), (T, DH, 25),
        (TH, S, 35), (DH, Z, 25), (TH, Z, 45), (D, Z, 60),
        (K, G, 20), (K, KH, 20), (KH, H, 10), (KH, G, 35), (K, H, 60), (G, H, 35),
        (SOFT_G, H, 40), (SOFT_G, KH, 40), (K, SOFT_G, 25),
        (G, SOFT_G, 4), (G, J, 25), (SOFT_G, J, 6), (SOFT_G, ZH, 12), (J, ZH, 12), (J, CH, 20),
        (J, Z, 30), (J, S, 60), (ZH, SH, 20), (ZH, Z, 20), (ZH, CH, 25),
        (S, Z, 15), (S, SH, 15), (S, TS, 15), (Z, TS, 15), (S, CH, 35), (SH, CH, 20),
        (CH, TS, 20), (SOFT_C, S, 3), (SOFT_C, TS, 12), (SOFT_C, CH, 20), (SOFT_C, K, 25),
        (K, CH, 35), (L, R, 35),
    ]
};

/// Writes the coarse consonant key of a word into `out`, which is emptied first.
///
/// The key keeps what scripts do not confuse. Vowels, silent h and doubled letters are left out;
/// one class each are p b f v w, t d th, k q, h kh, g j zh, the other sibilants, and l r. A word
/// of vowels alone has the key `a`; an empty word the empty key.
pub fn skeleton(letters: &[u8], out: &mut Vec<u8>) {
    let heard = Sounds::of(letters);
    let key = Key::of(heard.as_slice());
    out.clear();
    out.extend_from_slice(key.as_slice());
}

/// The most edits between two keys, by the length of the longer one, with which words may still
/// be alike.
pub fn budget_skeleton(length_max: usize) -> usize {
    match length_max {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// How alike two words sound, 0 to 4096 ([`SAME`]).
///
/// 0 whenever the keys differ by more than [`budget_skeleton`] edits. Symmetric, and the same on
/// every machine: integers only.
pub fn similarity_across(a: &[u8], b: &[u8]) -> u32 {
    let (a, b) = (Sounds::of(a), Sounds::of(b));
    let (a, b) = (a.as_slice(), b.as_slice());
    let (key_a, key_b) = (Key::of(a), Key::of(b));
    let budget = budget_skeleton(key_a.length.max(key_b.length));
    if a.is_empty() || b.is_empty() || !is_within(key_a.as_slice(), key_b.as_slice(), budget) {
        return 0;
    }
    alike(a, b)
}

/// A word heard once, to be compared with many whose keys are known to be near.
pub struct Heard(Sounds);

impl Heard {
    /// Hears a word.
    pub fn of(word: &[u8]) -> Heard {
        Heard(Sounds::of(word))
    }

    /// What [`similarity_across`] gives for a word whose key is within the budget.
    pub fn similarity_within_budget(&self, other: &[u8]) -> u32 {
        alike(self.0.as_slice(), Sounds::of(other).as_slice())
    }
}

fn alike(a: &[u8], b: &[u8]) -> u32 {
    let length = weight(a) + weight(b);
    let cost = 2 * alignment_cost(a, b);
    if cost >= length {
        return 0;
    }
    (length - cost) * SAME / length
}

fn weight(sounds: &[u8]) -> u32 {
    sounds.iter().map(|s| u32::from(WEIGHT.get(usize::from(*s)).copied().unwrap_or(0))).sum()
}

fn missing(sound: u8) -> u16 {
    MISSING.get(usize::from(sound)).copied().unwrap_or(0)
}

/// The least cost of turning one row of sounds into the other.
fn alignment_cost(a: &[u8], b: &[u8]) -> u32 {
    let mut row = [0_u16; SOUNDS_MAX + 1];
    let mut total = 0;
    for (cell, sound) in row.iter_mut().skip(1).zip(b) {
        total += missing(*sound);
        *cell = total;
    }
    for sound_a in a {
        let instead = INSTEAD.get(usize::from(*sound_a)).unwrap_or(&[0; sound::COUNT]);
        let missing_a = missing(*sound_a);
        let mut diagonal = row[0];
        let mut left = diagonal + missing_a;
        row[0] = left;
        for (cell, sound_b) in row.iter_mut().skip(1).zip(b) {
            let cost = instead.get(usize::from(*sound_b)).copied().unwrap_or(0);
            let here =
                (diagonal + u16::from(cost)).min(*cell + missing_a).min(left + missing(*sound_b));
            diagonal = *cell;
            *cell = here;
            left = here;
        }
    }
    u32::from(row.get(b.len()).copied().unwrap_or(0))
}

/// Whether two keys are within a budget of optimal string alignment edits.
fn is_within(a: &[u8], b: &[u8], budget: usize) -> bool {
    if a == b {
        return true;
    }
    if budget == 0 || a.len().abs_diff(b.len()) > budget {
        return false;
    }
    let mut before = [0_u8; SOUNDS_MAX + 1];
    let mut above = [0_u8; SOUNDS_MAX + 1];
    for (cell, at) in above.iter_mut().zip(0_u8..) {
        *cell = at;
    }
    for (i, x) in a.iter().enumerate() {
        let mut here = [0_u8; SOUNDS_MAX + 1];
        here[0] = above[0] + 1;
        for (j, y) in b.iter().enumerate().take(SOUNDS_MAX) {
            let least = (above[j] + u8::from(x != y)).min(above[j + 1] + 1).min(here[j] + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            here[j + 1] = if swapped { least.min(before[j - 1] + 1) } else { least };
        }
        before = above;
        above = here;
    }
    above.get(b.len()).is_some_and(|edits| usize::from(*edits) <= budget)
}

/// The coarse key of a word on the stack.
struct Key {
    classes: [u8; SOUNDS_MAX],
    length: usize,
}

impl Key {
    fn of(sounds: &[u8]) -> Self {
        let mut key = Self { classes: [0; SOUNDS_MAX], length: 0 };
        for sound in sounds {
            let class = CLASSES.get(usize::from(*sound)).copied().unwrap_or(0);
            if class != 0 {
                key.push(class);
            }
        }
        if key.length == 0 && !sounds.is_empty() {
            key.push(b'a');
        }
        key
    }

    fn push(&mut self, class: u8) {
        if let Some(slot) = self.classes.get_mut(self.length) {
            *slot = class;
            self.length += 1;
        }
    }

    fn as_slice(&self) -> &[u8] {
        self.classes.get(..self.length).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests;
