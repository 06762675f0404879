//! Optimal string alignment distance (Damerau-Levenshtein without overlapping transpositions),
//! bit-parallel after Hyyrö (2003), and the budgets of edits that similarity allows.

/// Edits allowed between written forms, by the longer length.
pub fn budget_written(length_max: usize) -> usize {
    match length_max {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

/// Edits allowed between phonetic forms, by the longer length.
pub fn budget_phonetic(length_max: usize) -> usize {
    match length_max {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// One side of many distances: for each letter the places where it stands.
pub struct Pattern {
    places: [u64; 32],
    length: usize,
}

impl Pattern {
    /// Prepares a word of at most 64 letters `a`-`z`.
    pub fn new(word: &[u8]) -> Pattern {
        let mut places = [0u64; 32];
        for (place, &letter) in word.iter().take(64).enumerate() {
            places[usize::from(letter & 31)] |= 1 << place;
        }
        Pattern { places, length: word.len().min(64) }
    }

    /// The distance to `other`, or any number above `limit` if it is more than that.
    #[inline]
    pub fn distance(&self, other: &[u8], limit: usize) -> usize {
        if self.length == 0 {
            return other.len();
        }
        let (mut vertical_up, mut vertical_down) = (!0u64, 0u64);
        let (mut diagonal, mut places_before) = (0u64, 0u64);
        let mut distance = self.length;
        let last = 1u64 << (self.length - 1);
        for (place, &letter) in other.iter().enumerate() {
            let places = self.places[usize::from(letter & 31)];
            let transposed = ((!diagonal & places) << 1) & places_before;
            diagonal = ((places & vertical_up).wrapping_add(vertical_up) ^ vertical_up)
                | places
                | vertical_down
                | transposed;
            let up = vertical_down | !(diagonal | vertical_up);
            let down = diagonal & vertical_up;
            distance += usize::from(up & last != 0);
            distance -= usize::from(down & last != 0);
            let up = (up << 1) | 1;
            vertical_up = (down << 1) | !(diagonal | up);
            vertical_down = up & diagonal;
            places_before = places;
            // Each letter still to come lowers the distance by one at most.
            if distance > limit + (other.len() - 1 - place) {
                return limit + 1;
            }
        }
        distance
    }
}

/// The letters of a word without their order: which occur, which occur twice, and how many there
/// are. Two bags prove a least distance of their words at the cost of two counts of bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LetterBag(u64);

const BAG_LETTERS: u64 = (1 << 52) - 1;
const BAG_LENGTH_SHIFT: u32 = 52;

impl LetterBag {
    /// The bag of a word of letters `a`-`z`.
    pub fn of(word: &[u8]) -> LetterBag {
        let (mut once, mut twice) = (0u64, 0u64);
        for &letter in word {
            let bit = 1u64 << (letter.wrapping_sub(b'a') & 31).min(25);
            twice |= once & bit;
            once |= bit;
        }
        LetterBag(once | twice << 26 | (word.len() as u64) << BAG_LENGTH_SHIFT)
    }

    /// The bag as two integers, as it lies in a file.
    pub fn to_integers(self) -> [u32; 2] {
        [self.0 as u32, (self.0 >> 32) as u32]
    }

    /// The bag of two integers.
    pub fn from_integers(low: u32, high: u32) -> LetterBag {
        LetterBag(u64::from(low) | u64::from(high) << 32)
    }

    /// True unless the bags alone prove a distance above `limit`.
    ///
    /// A letter that only one side has costs an edit. Where that side is the shorter one, as many
    /// edits as it is shorter are insertions and account for none of its letters.
    #[inline]
    pub fn may_be_within(self, other: LetterBag, limit: u32) -> bool {
        let (length, other_length) = (self.length(), other.length());
        let longer_by = length.saturating_sub(other_length);
        let shorter_by = other_length.saturating_sub(length);
        let only_here = (self.0 & !other.0 & BAG_LETTERS).count_ones();
        let only_there = (other.0 & !self.0 & BAG_LETTERS).count_ones();
        only_here + shorter_by <= limit && only_there + longer_by <= limit
    }

    fn length(self) -> u32 {
        (self.0 >> BAG_LENGTH_SHIFT) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The textbook definition.
    fn distance_by_table(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
        for (i, row) in table.iter_mut().enumerate() {
            row[0] = i;
        }
        for j in 0..=b.len() {
            table[0][j] = j;
        }
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                let cost = usize::from(a[i - 1] != b[j - 1]);
                let mut best =
                    (table[i - 1][j - 1] + cost).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[i - 2][j - 2] + 1);
                }
                table[i][j] = best;
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn bit_parallel_distance_is_the_textbook_distance() {
        let mut state = 7u64;
        let mut word = |letters: u64, length_max: u64| -> Vec<u8> {
            let mut next = || {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                state >> 33
            };
            let length = next() % (length_max + 1);
            (0..length).map(|_| b'a' + (next() % letters) as u8).collect()
        };
        for round in 0..20_000 {
            let letters = 2 + round % 5;
            let (a, b) = (word(letters, 12), word(letters, 12));
            let expected = distance_by_table(&a, &b);
            assert_eq!(Pattern::new(&a).distance(&b, 64), expected, "{a:?} {b:?}");
            for limit in 0..4 {
                let bounded = Pattern::new(&a).distance(&b, limit);
                assert_eq!(bounded <= limit, expected <= limit);
                if bounded <= limit {
                    assert_eq!(bounded, expected);
                }
            }
            assert!(LetterBag::of(&a).may_be_within(LetterBag::of(&b), expected as u32));
        }
    }
}
