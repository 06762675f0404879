//! Kana in Hepburn spelling without long vowels, with the pairs that write foreign sounds.

use super::Reading;

#[rustfmt::skip]
const ROWS: [&str; 86] = [
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o", // small and large vowels
    "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko", "go", //
    "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", //
    "ta", "da", "chi", "ji", "", "tsu", "zu", "te", "de", "to", "do", //
    "na", "ni", "nu", "ne", "no", //
    "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he", "be", "pe", "ho", "bo", "po", //
    "ma", "mi", "mu", "me", "mo", //
    "ya", "ya", "yu", "yu", "yo", "yo", //
    "ra", "ri", "ru", "re", "ro", //
    "wa", "wa", "i", "e", "o", "n", "vu", "ka", "ke",
];

/// One reading; where a long a or o stands, others that hear r in it, as in foreign names
/// (`Parker`, `Norton`): in a long a first, in both, in neither.
pub fn readings(word: &str) -> Vec<Reading> {
    let spellings = ["a", "ao", ""].map(|rhotic| vec![spell(word, rhotic)]);
    spellings.into()
}

fn spell(word: &str, rhotic: &str) -> String {
    let mut spelt = String::with_capacity(word.len());
    let mut double = false;
    for c in word.chars() {
        let c = hiragana(c);
        if c == 'っ' {
            double = true;
            continue;
        }
        if c == 'ー' && spelt.ends_with(|vowel| rhotic.contains(vowel)) {
            spelt.push('r');
        }
        if let Some(vowel) = small_vowel(c) {
            if join(&mut spelt, vowel) {
                continue;
            }
        }
        let syllable = syllable(c);
        let first = syllable.bytes().next();
        if double {
            match first {
                Some(b'c') => spelt.push('t'),
                Some(l) if !b"aiueony".contains(&l) => spelt.push(char::from(l)),
                _ => {}
            }
            double = false;
        }
        spelt.push_str(syllable);
    }
    spelt
}

/// Katakana as the Hiragana of the same sound.
fn hiragana(c: char) -> char {
    match u32::from(c) {
        code @ 0x30A1..=0x30F6 => char::from_u32(code - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn syllable(c: char) -> &'static str {
    match c {
        'ヷ' => "va",
        'ヸ' => "vi",
        'ヹ' => "ve",
        'ヺ' => "vo",
        _ => {
            let place = u32::from(c).wrapping_sub(0x3041);
            ROWS.get(usize::try_from(place).unwrap_or(usize::MAX)).copied().unwrap_or("")
        }
    }
}

/// The sound a small kana adds to the syllable before it.
fn small_vowel(c: char) -> Option<&'static str> {
    match c {
        'ぁ' => Some("a"),
        'ぃ' => Some("i"),
        'ぅ' => Some("u"),
        'ぇ' => Some("e"),
        'ぉ' => Some("o"),
        'ゃ' => Some("ya"),
        'ゅ' => Some("yu"),
        'ょ' => Some("yo"),
        _ => None,
    }
}

/// Joins a small kana to the syllable before it: `ki` + `ya` = `kya`, `shi` + `ya` = `sha`,
/// `fu` + `a` = `fa`, `u` + `i` = `wi`.
fn join(spelt: &mut String, sound: &str) -> bool {
    let Some(vowel) = spelt.pop() else {
        return false;
    };
    if !matches!(vowel, 'i' | 'u' | 'e' | 'o') {
        spelt.push(vowel);
        return false;
    }
    let at_start = spelt.is_empty() || spelt.ends_with(['a', 'i', 'u', 'e', 'o']);
    if at_start && sound.len() == 1 {
        spelt.push(if vowel == 'i' { 'y' } else { 'w' });
    }
    let is_soft = spelt.ends_with("sh") || spelt.ends_with("ch") || spelt.ends_with('j');
    let sound = if is_soft { sound.strip_prefix('y').unwrap_or(sound) } else { sound };
    spelt.push_str(sound);
    true
}
