//! Reads the word tables of `kernel/data`: one entry a line, a key, a blank, its values.

use std::collections::HashMap;

/// A word table: key to the rest of its line.
pub type Table = HashMap<&'static str, &'static str>;

/// The lines of a table in two parts, key and values. Lines that are blank or start with `#` say
/// nothing.
pub fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let spoken = text.lines().filter(|line| !line.starts_with('#'));
    spoken.filter_map(|line| line.trim().split_once(' '))
}

/// Parses a table; of two lines with one key the first counts.
pub fn parse(text: &'static str) -> Table {
    let mut table = Table::new();
    for (key, values) in lines(text) {
        table.entry(key).or_insert(values);
    }
    table
}

/// Tokens of a reading that a table spells with blanks between them.
pub fn tokens(spelt: &str) -> Vec<String> {
    spelt.split_whitespace().map(str::to_owned).collect()
}
