//! Tells which script a character is written in. It knows nothing of words or languages.

/// The scripts that the kernel treats differently.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Script {
    /// Latin letters, with or without diacritics.
    Latin = 0,
    /// Cyrillic letters of every language.
    Cyrillic,
    /// Greek letters, modern and polytonic.
    Greek,
    /// Arabic letters, with those of Persian, Urdu, Pashto, Kurdish and Uyghur.
    Arabic,
    /// Hebrew letters.
    Hebrew,
    /// Georgian letters of all three alphabets.
    Georgian,
    /// Armenian letters.
    Armenian,
    /// Korean syllables and jamo.
    Hangul,
    /// Chinese characters, wherever they are used.
    Han,
    /// Hiragana and Katakana.
    Kana,
    /// A letter of any other script.
    Other,
    /// Digits, punctuation, blanks, and marks that belong to no script of their own.
    Common,
}

/// The script of one character.
///
/// Marks that only ever stand on the letters of one script (Arabic vowel signs, Hebrew points,
/// the Kana length mark) belong to that script; all other marks are [`Script::Common`].
///
/// ```ignore
/// assert_eq!(script_of('ж'), Script::Cyrillic);
/// ```
pub fn script_of(c: char) -> Script {
    if c.is_ascii() {
        return if c.is_ascii_alphabetic() { Script::Latin } else { Script::Common };
    }
    let by_block =
        if is_latin_block(u32::from(c)) { Script::Latin } else { script_of_block(u32::from(c)) };
    let is_letter = c.is_alphabetic() || is_spelling_mark(c);
    if is_letter {
        by_block
    } else {
        Script::Common
    }
}

/// Blocks of Latin letters, with their modifiers and presentation forms.
fn is_latin_block(code: u32) -> bool {
    matches!(code,
        0x00AA
        | 0x00BA
        | 0x00C0..=0x02AF
        | 0x1D00..=0x1D25
        | 0x1D2C..=0x1D5C
        | 0x1D62..=0x1D65
        | 0x1D6B..=0x1D77
        | 0x1D79..=0x1DBE
        | 0x1E00..=0x1EFF
        | 0x2071
        | 0x207F
        | 0x2090..=0x209C
        | 0x212A
        | 0x212B
        | 0x2C60..=0x2C7F
        | 0xA722..=0xA787
        | 0xA78B..=0xA7FF
        | 0xAB30..=0xAB64
        | 0xFB00..=0xFB06
        | 0xFF21..=0xFF3A
        | 0xFF41..=0xFF5A
        | 0x1DF00..=0x1DFFF
    )
}

fn script_of_block(code: u32) -> Script {
    match code {
        0x0370..=0x03FF | 0x1D26..=0x1D2A | 0x1F00..=0x1FFF | 0x2126 | 0xAB65 => Script::Greek,
        0x0400..=0x052F | 0x1C80..=0x1C8F | 0x1D2B | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => {
            Script::Cyrillic
        }
        0x0530..=0x058F | 0xFB13..=0xFB17 => Script::Armenian,
        0x0590..=0x05FF | 0xFB1D..=0xFB4F => Script::Hebrew,
        0x0600..=0x06FF | 0x0750..=0x077F | 0x0870..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => {
            Script::Arabic
        }
        0x10A0..=0x10FF | 0x1C90..=0x1CBF | 0x2D00..=0x2D2F => Script::Georgian,
        0x1100..=0x11FF | 0x3131..=0x318E | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xFFA0..=0xFFDC => {
            Script::Hangul
        }
        0x3041..=0x3096
        | 0x309D..=0x309F
        | 0x30A1..=0x30FA
        | 0x30FC..=0x30FF
        | 0x31F0..=0x31FF
        | 0xFF66..=0xFF9F
        | 0x1AFF0..=0x1B16F => Script::Kana,
        0x2E80..=0x2FDF
        | 0x3005..=0x3007
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x20000..=0x323AF => Script::Han,
        _ => Script::Other,
    }
}

/// Marks that are no letters for Unicode and yet part of how a word of their script is spelt.
fn is_spelling_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x0591..=0x05C7 | 0x05F3 | 0x05F4          // Hebrew points, geresh, gershayim
        | 0x0640 | 0x064B..=0x065F | 0x0670        // Arabic tatweel and vowel signs
        | 0x0900..=0x0963 | 0x0971..=0x0DFF        // vowel signs and viramas of India
        | 0x0E31..=0x0E4E | 0x0EB1..=0x0ECD        // Thai, Lao
        | 0x0F18..=0x0FBC | 0x102B..=0x103E | 0x17B4..=0x17D3) // Tibetan, Burmese, Khmer
        && !c.is_numeric()
        && !matches!(u32::from(c), 0x0964..=0x0970 | 0x0DF4)
}

#[cfg(test)]
mod tests {
    use super::{script_of, Script};

    #[test]
    fn each_alphabet_is_recognised() {
        for (letters, script) in [
            ("aZéßłﬁ", Script::Latin),
            ("жіґ", Script::Cyrillic),
            ("αώᾳ", Script::Greek),
            ("محمدگپ", Script::Arabic),
            ("אבץ", Script::Hebrew),
            ("აჰ", Script::Georgian),
            ("աֆ", Script::Armenian),
            ("김힣ㄱ", Script::Hangul),
            ("张張々", Script::Han),
            ("あンーヴ", Script::Kana),
            ("नกမ", Script::Other),
            ("1 -.'·٣", Script::Common),
        ] {
            for c in letters.chars() {
                assert_eq!(script_of(c), script, "{c}");
            }
        }
    }

    #[test]
    fn every_character_has_a_script() {
        for c in '\0'..=char::MAX {
            let script = script_of(c);
            if c.is_alphabetic() {
                assert_ne!(script, Script::Common, "{c:?}");
            }
        }
    }
}
