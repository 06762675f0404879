//! Working memory of one searching thread, used again for every search.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::Arc;

use crate::index::counters::Counters;
use crate::index::dictionary::FinderSpace;
use crate::index::neighbours::Neighbours;
use crate::index::view::View;
use crate::letters::WordMap;
use crate::name::{TokenKey, TOKENS_MAX};
use crate::tables::ONE;

/// Neighbours in all lists that the threads of one index keep together, about 100 MB.
const CACHE_NEIGHBOURS_MAX: usize = 1 << 23;
/// So many neighbours take the room of a list beside its own: its key, its place in the table.
const LIST_NEIGHBOURS: usize = 8;
const FREE: u32 = u32::MAX;

/// What a token of the index is alike to in the present search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Element {
    /// The word at a place of the probe.
    Word(u8),
    /// Two neighbours of the probe, from this place on, written as one.
    Pair(u8),
    /// Nothing: the token has been compared with all words.
    Compared,
}

/// What the threads of one index may still keep: however many there are, they share it. The words
/// met first, which are the most frequent ones, have it.
pub struct CacheRoom {
    taken: AtomicUsize,
    neighbours_max: usize,
}

impl Default for CacheRoom {
    fn default() -> CacheRoom {
        CacheRoom { taken: AtomicUsize::new(0), neighbours_max: CACHE_NEIGHBOURS_MAX }
    }
}

impl CacheRoom {
    /// Takes the room of a list of so many neighbours, if it is there.
    fn take(&self, neighbours: usize) -> bool {
        let room = neighbours + LIST_NEIGHBOURS;
        let fits = |taken: usize| (taken + room <= self.neighbours_max).then(|| taken + room);
        self.taken.fetch_update(Relaxed, Relaxed, fits).is_ok()
    }
}

/// Working memory.
pub struct Space {
    /// Rows to be scored.
    pub candidates: Vec<u32>,
    /// (row, place in it, place in the probe) of pairs that sound like a word of the probe, sorted.
    pub indexed_pairs: Vec<(u32, u8, u8)>,
    /// Work done since the space was made.
    pub counters: Counters,
    /// Whether lists of neighbours are kept from search to search.
    pub use_cache: bool,
    seen: Vec<u8>,
    bits: Vec<u8>,
    epoch: u8,
    keys: Vec<u32>,
    heads: Vec<u32>,
    used: Vec<u32>,
    chain: Vec<(Element, u32, u32)>,
    finder: FinderSpace,
    cache: WordMap<TokenKey, Arc<Neighbours>>,
    room: Arc<CacheRoom>,
    weight_steps: Vec<u32>,
}

const WEIGHT_STEP: i64 = 64;

impl Space {
    /// Memory for searching an index, whose lists are kept in a room that all of it share.
    pub fn new(view: &View<'_>, room: Arc<CacheRoom>) -> Space {
        // No row weighs more than its words can, whatever a damaged file says.
        let heaviest = view.row_weights.last().copied().unwrap_or(0).min(TOKENS_MAX as u32 * ONE);
        let steps = i64::from(heaviest) / WEIGHT_STEP + 2;
        Space {
            candidates: Vec::new(),
            indexed_pairs: Vec::new(),
            counters: Counters::default(),
            use_cache: false,
            seen: vec![0; view.rows() as usize],
            bits: vec![0; view.rows() as usize],
            epoch: 0,
            keys: vec![FREE; 1024],
            heads: vec![FREE; 1024],
            used: Vec::new(),
            chain: Vec::new(),
            finder: FinderSpace::default(),
            cache: WordMap::default(),
            room,
            weight_steps: (0..steps).map(|step| view.rows_up_to(step * WEIGHT_STEP)).collect(),
        }
    }

    /// Forgets the search before.
    pub fn begin(&mut self) {
        for &slot in &self.used {
            if let Some(key) = self.keys.get_mut(slot as usize) {
                *key = FREE;
            }
        }
        self.used.clear();
        self.chain.clear();
        self.candidates.clear();
        self.indexed_pairs.clear();
        if self.epoch == u8::MAX {
            self.seen.fill(0);
            self.epoch = 0;
        }
        self.epoch += 1;
    }

    /// The first row surely heavier than a weight; a step of weight may be added.
    pub fn rows_up_to(&self, view: &View<'_>, weight: i64) -> u32 {
        let step = usize::try_from(weight / WEIGHT_STEP + 1).unwrap_or(usize::MAX);
        self.weight_steps.get(step).copied().unwrap_or_else(|| view.rows())
    }

    /// Memory for finding words.
    pub fn finder(&mut self) -> &mut FinderSpace {
        &mut self.finder
    }

    /// A list from the cache, or made now.
    pub fn neighbours(
        &mut self,
        key: &TokenKey,
        make: impl FnOnce(&mut FinderSpace) -> Neighbours,
    ) -> Arc<Neighbours> {
        if !self.use_cache {
            return Arc::new(make(&mut self.finder));
        }
        if let Some(list) = self.cache.get(key) {
            return Arc::clone(list);
        }
        let list = Arc::new(make(&mut self.finder));
        if self.room.take(list.near.len()) {
            self.cache.insert(*key, Arc::clone(&list));
        }
        list
    }

    /// Makes candidates of the rows of a posting list that come before `limit`.
    pub fn take(&mut self, rows: &[u32], limit: u32) {
        for &row in rows.iter().take_while(|&&row| row < limit) {
            self.take_row(row);
        }
    }

    /// Makes candidates of all rows before `limit`.
    pub fn take_all(&mut self, limit: u32) {
        for row in 0..limit {
            self.take_row(row);
        }
    }

    /// Makes candidates of the rows with a pair that come before `limit`.
    pub fn take_pairs(&mut self, limit: u32) {
        for number in 0..self.indexed_pairs.len() {
            if let Some(&(row, _, _)) = self.indexed_pairs.get(number).filter(|p| p.0 < limit) {
                self.take_row(row);
            }
        }
    }

    fn take_row(&mut self, row: u32) {
        if let Some(seen) = self.seen.get_mut(row as usize) {
            if *seen != self.epoch {
                *seen = self.epoch;
                self.candidates.push(row);
            }
        }
    }

    /// Clears the bits of all candidates.
    pub fn clear_bits(&mut self) {
        for &row in &self.candidates {
            if let Some(bits) = self.bits.get_mut(row as usize) {
                *bits = 0;
            }
        }
    }

    /// Sets a bit on those rows that are candidates.
    pub fn mark(&mut self, rows: &[u32], bit: u8) {
        for &row in rows {
            if self.seen.get(row as usize) == Some(&self.epoch) {
                if let Some(bits) = self.bits.get_mut(row as usize) {
                    *bits |= bit;
                }
            }
        }
    }

    /// Sets the bits of the words that pairs touch, of those that have one, and the bit that says so.
    pub fn mark_pairs(&mut self, pair_bit: u8, words: usize) {
        for &(row, _, place) in &self.indexed_pairs {
            let word = if usize::from(place) < words { 1 << place } else { 0 };
            if self.seen.get(row as usize) == Some(&self.epoch) {
                if let Some(bits) = self.bits.get_mut(row as usize) {
                    *bits |= pair_bit | word;
                }
            }
        }
    }

    /// The bits of a row.
    pub fn bits(&self, row: u32) -> u8 {
        self.bits.get(row as usize).copied().unwrap_or(u8::MAX)
    }

    /// The pairs of a row.
    pub fn pairs_of(&self, row: u32) -> &[(u32, u8, u8)] {
        if self.indexed_pairs.is_empty() {
            return &[];
        }
        let start = self.indexed_pairs.partition_point(|pair| pair.0 < row);
        let end = self.indexed_pairs.partition_point(|pair| pair.0 <= row);
        self.indexed_pairs.get(start..end).unwrap_or(&[])
    }

    /// Notes that a token is alike to something of the probe.
    pub fn put(&mut self, token: u32, element: Element, similarity: u32) {
        if 2 * self.used.len() >= self.keys.len() {
            self.grow();
        }
        let slot = self.slot(token);
        if let (Some(key), Some(head)) = (self.keys.get_mut(slot), self.heads.get_mut(slot)) {
            if *key == FREE {
                *key = token;
                *head = FREE;
                self.used.push(slot as u32);
            }
            self.chain.push((element, similarity, *head));
            *head = self.chain.len() as u32 - 1;
        }
    }

    /// Everything noted of a token.
    pub fn elements(&self, token: u32) -> impl Iterator<Item = (Element, u32)> + '_ {
        let slot = self.slot(token);
        let is_there = self.keys.get(slot) == Some(&token);
        let mut next = if is_there { self.heads.get(slot).copied().unwrap_or(FREE) } else { FREE };
        std::iter::from_fn(move || {
            let &(element, similarity, after) = self.chain.get(next as usize)?;
            next = after;
            Some((element, similarity))
        })
    }

    fn slot(&self, token: u32) -> usize {
        let mask = self.keys.len() - 1;
        let mut slot = (token.wrapping_mul(0x9E37_79B1) >> 7) as usize & mask;
        while self.keys.get(slot).is_some_and(|&key| key != FREE && key != token) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let size = 4 * self.keys.len();
        let old: Vec<(u32, u32)> = self
            .used
            .iter()
            .filter_map(|&slot| {
                Some((*self.keys.get(slot as usize)?, *self.heads.get(slot as usize)?))
            })
            .collect();
        self.keys = vec![FREE; size];
        self.heads = vec![FREE; size];
        self.used.clear();
        for (key, head) in old {
            let slot = self.slot(key);
            if let (Some(place), Some(first)) = (self.keys.get_mut(slot), self.heads.get_mut(slot))
            {
                *place = key;
                *first = head;
                self.used.push(slot as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_threads_keep_lists_they_have_one_room() {
        let room = CacheRoom { taken: AtomicUsize::new(0), neighbours_max: 10_000 };

        let kept: usize = std::thread::scope(|scope| {
            let keep = || (0..1_000).filter(|_| room.take(92)).count();
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(keep)).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()).sum()
        });

        assert_eq!(kept, 100);
        assert!(!room.take(0));
    }
}
