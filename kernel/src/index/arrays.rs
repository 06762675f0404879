//! The arrays of an index: vocabulary with its finders, rows with their postings.

use crate::edit::{budget_phonetic, budget_written};
use crate::index::dictionary::{build_dictionary, Budget, DictionaryArrays};
use crate::index::format::{Section, Writer};
use crate::index::view::{TOKEN_HAS_VARIANTS, TOKEN_ROMANISED};
use crate::letters::{hash, Letters};
use crate::name::{Token, TokenKey};
use crate::similarity::glued_sound;
use crate::skeleton::{budget_skeleton, skeleton};

/// A row of words on its way into the file.
pub struct Row {
    /// Sum of the words' weights.
    pub weight: u32,
    /// Numbers of the words, in order.
    pub tokens: Vec<u32>,
    /// Group and legal form, packed.
    pub traits: u32,
}

/// For sorted numbers below `count`: where each number's run starts, and one past the last.
pub fn starts(sorted: &[u32], count: usize) -> Vec<u32> {
    let mut starts = vec![0; count + 1];
    for &number in sorted {
        if let Some(place) = starts.get_mut(number as usize + 1) {
            *place += 1;
        }
    }
    let mut sum = 0;
    for place in &mut starts {
        sum += *place;
        *place = sum;
    }
    starts
}

/// Writes the words of two letters or more, sorted by length and letters, and their finders.
pub fn write_words(writer: &mut Writer, words: &[Token]) {
    let letters: Vec<Letters> = words.iter().map(|token| token.key.letters).collect();
    write_dictionary(
        writer,
        Section::WordBytes,
        &build_dictionary(&as_slices(&letters), budget_written),
    );
    let sounds: Vec<(Letters, u32)> =
        words.iter().enumerate().map(|(number, token)| (token.phonetic, number as u32)).collect();
    let sound_numbers = write_grouped(writer, Section::SoundBytes, sounds, budget_phonetic);
    let by_key = |is_romanised: bool| -> Vec<(Letters, u32)> {
        let tokens = words.iter().enumerate();
        tokens
            .filter(|(_, token)| token.key.is_romanised == is_romanised)
            .map(|(number, token)| (skeleton_of(&token.key.letters), number as u32))
            .collect()
    };
    write_grouped(writer, Section::LatinKeyBytes, by_key(false), budget_skeleton);
    write_grouped(writer, Section::RomanKeyBytes, by_key(true), budget_skeleton);
    let mut sound_of = vec![0u32; words.len()];
    for (word, sound) in sound_numbers {
        if let Some(place) = sound_of.get_mut(word as usize) {
            *place = sound;
        }
    }
    let info: Vec<u32> = words
        .iter()
        .zip(&sound_of)
        .flat_map(|(token, &sound)| [token_flags(token), sound])
        .collect();
    writer.integers(Section::TokenInfo, &info);
}

fn token_flags(token: &Token) -> u32 {
    let flag = |is_set: bool, flag: u32| if is_set { flag } else { 0 };
    token.weight
        | flag(token.key.is_romanised, TOKEN_ROMANISED)
        | flag(token.has_variants, TOKEN_HAS_VARIANTS)
}

/// The skeleton of a word as letters in place.
pub fn skeleton_of(word: &[u8]) -> Letters {
    let mut key = Vec::with_capacity(word.len());
    skeleton(word, &mut key);
    Letters::new(&key)
}

fn as_slices(words: &[Letters]) -> Vec<&[u8]> {
    words.iter().map(|word| &word[..]).collect()
}

/// Writes a dictionary of forms and the words of each form; returns (word, number of its form).
fn write_grouped(
    writer: &mut Writer,
    first: Section,
    mut forms: Vec<(Letters, u32)>,
    budget: Budget,
) -> Vec<(u32, u32)> {
    forms.sort_unstable_by_key(|&(form, word)| (form.len(), form, word));
    let mut distinct: Vec<Letters> = Vec::new();
    let mut numbered = Vec::with_capacity(forms.len());
    for &(form, word) in &forms {
        if distinct.last() != Some(&form) {
            distinct.push(form);
        }
        numbered.push((word, distinct.len() as u32 - 1));
    }
    write_dictionary(writer, first, &build_dictionary(&as_slices(&distinct), budget));
    let form_numbers: Vec<u32> = numbered.iter().map(|&(_, form)| form).collect();
    writer.integers(after(first, 7), &starts(&form_numbers, distinct.len()));
    let members: Vec<u32> = numbered.iter().map(|&(word, _)| word).collect();
    writer.integers(after(first, 8), &members);
    numbered
}

fn after(first: Section, places: usize) -> Section {
    Section::ALL.get(first as usize + places).copied().unwrap_or(first)
}

fn write_dictionary(writer: &mut Writer, first: Section, arrays: &DictionaryArrays) {
    writer.bytes(first, arrays.bytes.clone());
    writer.integers(after(first, 1), &arrays.starts);
    writer.integers(after(first, 2), &arrays.first_of_length);
    writer.integers(after(first, 3), &arrays.bags);
    writer.integers(after(first, 4), &arrays.buckets);
    writer.integers(after(first, 5), &arrays.deletes);
    writer.integers(after(first, 6), &arrays.filter);
}

/// Writes initials and numbers, which follow the words.
pub fn write_others(writer: &mut Writer, others: &[Token]) {
    let (mut bytes, mut starts) = (Vec::new(), vec![0u32]);
    let mut info = Vec::with_capacity(2 * others.len());
    for token in others {
        bytes.extend_from_slice(&token.key.letters);
        starts.push(bytes.len() as u32);
        info.extend([token_flags(token), token.kind as u32]);
    }
    writer.bytes(Section::OtherBytes, bytes);
    writer.integers(Section::OtherStarts, &starts);
    writer.extend_integers(Section::TokenInfo, &info);
}

/// The hash by which a token is looked up.
pub fn token_hash(key: &TokenKey) -> u64 {
    hash(&key.letters) ^ u64::from(key.is_romanised)
}

/// Writes the table by which a token is looked up.
pub fn write_token_hash(writer: &mut Writer, tokens: &[Token]) {
    let slots = (2 * tokens.len()).next_power_of_two().max(16);
    let mut table = vec![u32::MAX; slots];
    for (number, token) in tokens.iter().enumerate() {
        let mut slot = token_hash(&token.key) as usize & (slots - 1);
        while table.get(slot).is_some_and(|&taken| taken != u32::MAX) {
            slot = (slot + 1) & (slots - 1);
        }
        if let Some(place) = table.get_mut(slot) {
            *place = number as u32;
        }
    }
    writer.integers(Section::TokenHash, &table);
}

/// Writes the rows, the postings of each token, and the pairs that sound like one word.
pub fn write_rows(writer: &mut Writer, rows: &[Row], tokens: &[Token]) {
    let (mut row_starts, mut row_tokens) = (vec![0u32], Vec::new());
    let mut postings: Vec<(u32, u32)> = Vec::new();
    let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let number = number as u32;
        row_tokens.extend_from_slice(&row.tokens);
        row_starts.push(row_tokens.len() as u32);
        postings.extend(row.tokens.iter().map(|&token| (token, number)));
        for (place, pair) in row.tokens.windows(2).enumerate() {
            let token = |at: usize| pair.get(at).and_then(|&token| tokens.get(token as usize));
            if let (Some(first), Some(second)) = (token(0), token(1)) {
                if let Some(sound) = glued_sound(first, second) {
                    pairs.push(((hash(&sound) >> 32) as u32, number, place as u32));
                }
            }
        }
    }
    postings.sort_unstable();
    postings.dedup();
    pairs.sort_unstable();
    writer.integers(Section::RowStarts, &row_starts);
    writer.integers(Section::RowTokens, &row_tokens);
    writer.integers(Section::RowWeights, &rows.iter().map(|row| row.weight).collect::<Vec<_>>());
    writer.integers(Section::RowTraits, &rows.iter().map(|row| row.traits).collect::<Vec<_>>());
    let posting_tokens: Vec<u32> = postings.iter().map(|posting| posting.0).collect();
    writer.integers(Section::PostingStarts, &starts(&posting_tokens, tokens.len()));
    writer.integers(Section::Postings, &postings.iter().map(|p| p.1).collect::<Vec<_>>());
    let buckets: Vec<u32> = pairs.iter().map(|pair| pair.0 >> 16).collect();
    writer.integers(Section::PairBuckets, &starts(&buckets, 1 << 16));
    writer.integers(Section::PairHashes, &pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    writer.integers(Section::PairRows, &pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    writer.bytes(Section::PairPlaces, pairs.iter().map(|pair| pair.2 as u8).collect());
}
