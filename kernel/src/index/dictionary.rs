//! A dictionary of distinct words and all its entries within a budget of edits, without loss.
//!
//! Short words are found through symmetric deletes: two words at most k edits apart (optimal string
//! alignment) share a string that each of them yields by deleting at most k letters. Long words are
//! found by a scan over their letters' bags. Both only propose; the distance itself decides.

use crate::edit::{LetterBag, Pattern};
use crate::letters::LETTERS_MAX;

/// Longest word whose deletes are kept; beyond it a scan is smaller and as fast.
const DELETES_LENGTH_MAX: usize = 9;
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Edits allowed by the longer length.
///
/// INVARIANT: a letter more gives one edit more at most, and words kept by deletes have two at most.
/// Then a word never needs more deletes than its own budget: the longer of two words spends one
/// edit on each letter that it has in excess, and that letter is not deleted from the shorter.
pub type Budget = fn(usize) -> usize;

/// The arrays of a dictionary, to be written to a file.
pub struct DictionaryArrays {
    /// Letters of all words, in order.
    pub bytes: Vec<u8>,
    /// Start of each word in `bytes`, and one past the end.
    pub starts: Vec<u32>,
    /// First word of each length, `LETTERS_MAX + 2` entries.
    pub first_of_length: Vec<u32>,
    /// Bag of letters of each word, two integers each.
    pub bags: Vec<u32>,
    /// First entry of each bucket of deletes, and one past the last.
    pub buckets: Vec<u32>,
    /// Pairs of check hash and word.
    pub deletes: Vec<u32>,
    /// A bit for each half of a bucket: whether it holds anything. Small enough to stay in cache.
    pub filter: Vec<u32>,
}

/// Builds the arrays of words that are sorted by (length, letters).
pub fn build_dictionary<W: AsRef<[u8]>>(words: &[W], budget: Budget) -> DictionaryArrays {
    let mut arrays = DictionaryArrays {
        bytes: Vec::new(),
        starts: vec![0],
        first_of_length: vec![0; LETTERS_MAX + 2],
        bags: Vec::with_capacity(2 * words.len()),
        buckets: Vec::new(),
        deletes: Vec::new(),
        filter: Vec::new(),
    };
    let mut entries: Vec<(u64, u32)> = Vec::new();
    let mut hashes = Vec::new();
    for (number, word) in words.iter().map(AsRef::as_ref).enumerate() {
        arrays.bytes.extend_from_slice(word);
        arrays.starts.push(arrays.bytes.len() as u32);
        arrays.bags.extend(LetterBag::of(word).to_integers());
        for count in arrays.first_of_length.iter_mut().skip(word.len() + 1) {
            *count += 1;
        }
        // Of a long word the whole alone is kept, by which it is looked up.
        let is_short = word.len() <= DELETES_LENGTH_MAX;
        delete_hashes(word, if is_short { budget(word.len()) } else { 0 }, &mut hashes);
        hashes.sort_unstable();
        hashes.dedup();
        entries.extend(hashes.iter().map(|&hash| (hash, number as u32)));
    }
    entries.sort_unstable();
    let bits = (u64::BITS - (entries.len() as u64).leading_zeros()).clamp(8, 30);
    arrays.buckets = vec![0; (1 << bits) + 1];
    arrays.filter = vec![0; 2 << bits >> 5];
    for &(hash, word) in &entries {
        if let Some(count) = arrays.buckets.get_mut((hash >> (64 - bits)) as usize + 1) {
            *count += 1;
        }
        let half = hash >> (63 - bits);
        if let Some(bits) = arrays.filter.get_mut((half >> 5) as usize) {
            *bits |= 1 << (half & 31);
        }
        arrays.deletes.extend([hash as u32, word]);
    }
    let mut sum = 0;
    for count in &mut arrays.buckets {
        sum += *count;
        *count = sum;
    }
    arrays
}

/// A dictionary as it lies in the index file.
#[derive(Clone, Copy)]
pub struct Dictionary<'a> {
    /// See `DictionaryArrays`.
    pub bytes: &'a [u8],
    /// See `DictionaryArrays`.
    pub starts: &'a [u32],
    /// See `DictionaryArrays`.
    pub first_of_length: &'a [u32],
    /// See `DictionaryArrays`.
    pub bags: &'a [u32],
    /// See `DictionaryArrays`.
    pub buckets: &'a [u32],
    /// See `DictionaryArrays`.
    pub deletes: &'a [u32],
    /// See `DictionaryArrays`.
    pub filter: &'a [u32],
    /// The budget with which it was built.
    pub budget: Budget,
}

/// Space for a search that is used again.
#[derive(Default)]
pub struct FinderSpace {
    hashes: Vec<u64>,
    proposed: Vec<u32>,
}

impl<'a> Dictionary<'a> {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.bags.len() / 2
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.bags.is_empty()
    }

    /// The letters of a word; empty if there is no such word.
    #[inline]
    pub fn word(&self, number: u32) -> &'a [u8] {
        let number = number as usize;
        match self.starts.get(number..number.saturating_add(2)) {
            Some(&[start, end]) => self.bytes.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    fn bag(&self, number: u32) -> LetterBag {
        match self.bags.get(2 * number as usize..2 * number as usize + 2) {
            Some(&[low, high]) => LetterBag::from_integers(low, high),
            _ => LetterBag::of(&[]),
        }
    }

    fn first(&self, length: usize) -> usize {
        self.first_of_length.get(length).map_or(self.len(), |&first| first as usize)
    }

    /// The number of a word, if the dictionary holds it.
    pub fn position(&self, word: &[u8]) -> Option<u32> {
        let hash = finish(Prefixes::new(word).range(0, word.len().min(LETTERS_MAX)), word.len());
        self.entries(hash).find(|&number| self.word(number) == word)
    }

    /// The words that leave a string of this hash by deletion.
    fn entries(&self, hash: u64) -> impl Iterator<Item = u32> + 'a {
        let bits = (self.buckets.len().max(2) - 1).trailing_zeros();
        let half = hash >> (63 - bits);
        let occupied = self.filter.get((half >> 5) as usize).copied().unwrap_or(0);
        let bucket = (half >> 1) as usize;
        let range = match self.buckets.get(bucket..bucket + 2) {
            Some(&[start, end]) if occupied >> (half & 31) & 1 == 1 => {
                2 * start as usize..2 * end as usize
            }
            _ => 0..0,
        };
        let pairs = self.deletes.get(range).unwrap_or(&[]).chunks_exact(2);
        pairs.filter_map(move |pair| match pair {
            &[check, number] if check == hash as u32 => Some(number),
            _ => None,
        })
    }

    /// Calls `found` with every word within the budget and its distance, each word once.
    pub fn find(&self, word: &[u8], space: &mut FinderSpace, mut found: impl FnMut(u32, usize)) {
        if word.is_empty() || self.is_empty() {
            return;
        }
        let pattern = Pattern::new(word);
        let (shortest, longest) = self.lengths_within(word.len());
        if word.len() <= DELETES_LENGTH_MAX {
            self.propose_by_deletes(word, shortest, longest, space);
            self.confirm(&pattern, word.len(), &space.proposed, &mut found);
        }
        let bag = LetterBag::of(word);
        let from = if word.len() <= DELETES_LENGTH_MAX { DELETES_LENGTH_MAX + 1 } else { 1 };
        for length in shortest.max(from)..=longest {
            let (start, end) = (self.first(length), self.first(length + 1));
            let limit = (self.budget)(length.max(word.len())) as u32;
            space.proposed.clear();
            let bags = self.bags.get(2 * start..2 * end).unwrap_or(&[]);
            for (offset, pair) in bags.chunks_exact(2).enumerate() {
                let &[low, high] = pair else { continue };
                if bag.may_be_within(LetterBag::from_integers(low, high), limit) {
                    space.proposed.push((start + offset) as u32);
                }
            }
            self.confirm(&pattern, word.len(), &space.proposed, &mut found);
        }
    }

    /// The lengths that a partner of a word of this length may have.
    fn lengths_within(&self, length: usize) -> (usize, usize) {
        let shortest = length.saturating_sub((self.budget)(length)).max(1);
        let mut longest = length;
        while longest < LETTERS_MAX && longest + 1 - length <= (self.budget)(longest + 1) {
            longest += 1;
        }
        (shortest, longest)
    }

    fn propose_by_deletes(
        &self,
        word: &[u8],
        shortest: usize,
        longest: usize,
        space: &mut FinderSpace,
    ) {
        space.proposed.clear();
        let window = self.first(shortest) as u32..self.first(longest + 1) as u32;
        let limit = (self.budget)(longest.max(word.len())) as u32;
        let bag = LetterBag::of(word);
        delete_hashes(word, (self.budget)(word.len()), &mut space.hashes);
        for &hash in &space.hashes {
            for number in self.entries(hash) {
                if window.contains(&number) && bag.may_be_within(self.bag(number), limit) {
                    space.proposed.push(number);
                }
            }
        }
        space.proposed.sort_unstable();
        space.proposed.dedup();
    }

    fn confirm(
        &self,
        pattern: &Pattern,
        length: usize,
        proposed: &[u32],
        found: &mut impl FnMut(u32, usize),
    ) {
        for &number in proposed {
            let word = self.word(number);
            let limit = (self.budget)(word.len().max(length));
            let distance = pattern.distance(word, limit);
            if distance <= limit {
                found(number, distance);
            }
        }
    }
}

/// The hashes of all strings that up to `count` (two at most) deletions leave of a word.
///
/// Hashes are polynomial, so that each follows from sums over prefixes and no string is built.
fn delete_hashes(word: &[u8], count: usize, hashes: &mut Vec<u64>) {
    hashes.clear();
    let prefixes = Prefixes::new(word);
    let length = word.len();
    let whole = prefixes.range(0, length);
    hashes.push(finish(whole, length));
    if count == 0 || length < 2 {
        return;
    }
    for first in 0..length {
        let head = prefixes.range(0, first);
        let without = prefixes.join(head, first + 1, length);
        hashes.push(finish(without, length - 1));
        if count < 2 || length < 3 {
            continue;
        }
        for second in first + 1..length {
            let middle = prefixes.join(head, first + 1, second);
            hashes.push(finish(prefixes.join(middle, second + 1, length), length - 2));
        }
    }
}

struct Prefixes {
    sums: [u64; LETTERS_MAX + 1],
    powers: [u64; LETTERS_MAX + 1],
}

impl Prefixes {
    fn new(word: &[u8]) -> Prefixes {
        let mut prefixes = Prefixes { sums: [0; LETTERS_MAX + 1], powers: [1; LETTERS_MAX + 1] };
        let (mut sum, mut power) = (0u64, 1u64);
        let places = prefixes.sums.iter_mut().zip(prefixes.powers.iter_mut()).skip(1);
        for ((sum_place, power_place), &letter) in places.zip(word) {
            sum = sum.wrapping_mul(BASE).wrapping_add(u64::from(letter) + 1);
            power = power.wrapping_mul(BASE);
            *sum_place = sum;
            *power_place = power;
        }
        prefixes
    }

    fn sum(&self, place: usize) -> u64 {
        self.sums.get(place).copied().unwrap_or(0)
    }

    fn power(&self, count: usize) -> u64 {
        self.powers.get(count).copied().unwrap_or(0)
    }

    /// The hash of the letters from `start` to `end`.
    fn range(&self, start: usize, end: usize) -> u64 {
        self.sum(end).wrapping_sub(self.sum(start).wrapping_mul(self.power(end - start)))
    }

    /// The hash of something followed by the letters from `start` to `end`.
    fn join(&self, head: u64, start: usize, end: usize) -> u64 {
        head.wrapping_mul(self.power(end - start)).wrapping_add(self.range(start, end))
    }
}

fn finish(sum: u64, length: usize) -> u64 {
    let mut hash = (sum ^ (length as u64) << 57).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{budget_phonetic, budget_written};

    #[test]
    fn every_word_within_the_budget_is_found_and_no_other() {
        let mut state = 11u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            state >> 33
        };
        let mut words: Vec<Vec<u8>> = (0..3000)
            .map(|_| (0..1 + next() % 13).map(|_| b'a' + (next() % 4) as u8).collect())
            .collect();
        words.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        words.dedup();
        for budget in [budget_written as Budget, budget_phonetic] {
            let arrays = build_dictionary(&words, budget);
            let dictionary = Dictionary {
                bytes: &arrays.bytes,
                starts: &arrays.starts,
                first_of_length: &arrays.first_of_length,
                bags: &arrays.bags,
                buckets: &arrays.buckets,
                deletes: &arrays.deletes,
                filter: &arrays.filter,
                budget,
            };
            let mut space = FinderSpace::default();
            for probe in words.iter().step_by(7) {
                let mut found = Vec::new();
                dictionary
                    .find(probe, &mut space, |number, distance| found.push((number, distance)));
                found.sort_unstable();
                let pattern = Pattern::new(probe);
                let expected: Vec<(u32, usize)> = words
                    .iter()
                    .enumerate()
                    .filter_map(|(number, word)| {
                        let limit = budget(word.len().max(probe.len()));
                        let distance = pattern.distance(word, limit);
                        (distance <= limit).then_some((number as u32, distance))
                    })
                    .collect();
                assert_eq!(found, expected);
                assert!(dictionary.position(probe).is_some());
            }
        }
    }
}
