//! Reads the word tables of `kernel/data`: one entry a line, a key, a blank, its values.

use std::collections::HashMap;

/// A word table: key to the rest of its line.
pub type Table = HashMap<&'static str, &'static str>;

/// Parses a table. Lines that are blank or start with `#` say nothing; of two lines with one key
/// the first counts.
pub fn parse(text: &'static str) -> Table {
    let mut table = Table::new();
    for line in text.lines() {
        if line.starts_with('#') {
            continue;
        }
        if let Some((key, values)) = line.trim().split_once(' ') {
            table.entry(key).or_insert(values.trim());
        }
    }
    table
}

/// Tokens of a reading that a table spells with blanks between them.
pub fn tokens(spelt: &str) -> Vec<String> {
    spelt.split_whitespace().map(str::to_owned).collect()
}
