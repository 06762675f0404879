//! Canonical bytes of JSON (RFC 8785), written in one pass over its text.

use std::borrow::Cow;
use std::ops::Range;

use crate::error::Uncanonical;

/// How many lists and objects may stand inside one another.
pub const DEPTH_MAX: usize = 512;
/// What every reader of JSON takes for the same number.
const INTEGER_MAX: u64 = (1 << 53) - 1;
/// From here on ECMAScript writes numbers with an exponent.
const POINTLESS_END: f64 = 1e21;
/// An integer of so many digits is below `INTEGER_MAX`.
const DIGITS_SHORT: usize = 15;
/// The first byte of a letter beyond U+FFFF.
const RARE_MIN: u8 = 0xF0;
/// How much of a name or a number a message repeats.
const SHOWN_MAX: usize = 60;

/// The canonical form of one JSON value that stands within so many lists and objects; of fields
/// with the same name the last one counts.
pub fn canonical(data: &[u8], within: usize) -> Result<Vec<u8>, Uncanonical> {
    if let Err(error) = std::str::from_utf8(data) {
        return Err(Uncanonical::Malformed { what: "no UTF-8", byte: error.valid_up_to() });
    }
    let out = Vec::with_capacity(data.len());
    let mut writer = Writer { text: data, at: 0, out, members: Vec::new() };
    writer.value(within)?;
    match writer.next() {
        None => Ok(writer.out),
        Some(_) => Err(writer.malformed("something follows the value")),
    }
}

/// A field of an object that is being written.
struct Member<'a> {
    name: Cow<'a, [u8]>,
    /// Where name and value stand in what is written.
    written: Range<usize>,
}

struct Writer<'a> {
    /// Valid UTF-8.
    text: &'a [u8],
    at: usize,
    out: Vec<u8>,
    /// The fields of all objects that are open.
    members: Vec<Member<'a>>,
}

impl<'a> Writer<'a> {
    fn malformed(&self, what: &'static str) -> Uncanonical {
        Uncanonical::Malformed { what, byte: self.at }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// The next byte that is no white space, where it stands.
    fn next(&mut self) -> Option<u8> {
        while let Some(byte) = self.peek() {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    fn since(&self, from: usize) -> &'a [u8] {
        self.text.get(from..self.at).unwrap_or_default()
    }

    fn value(&mut self, depth: usize) -> Result<(), Uncanonical> {
        match self.next() {
            Some(b'"') => self.string().map(|_| ()),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'{' | b'[') if depth >= DEPTH_MAX => Err(self.malformed("nested too deep")),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.list(depth + 1),
            Some(b't') => self.literal(b"true"),
            Some(b'f') => self.literal(b"false"),
            Some(b'n') => self.literal(b"null"),
            Some(_) => Err(self.malformed("no JSON value begins so")),
            None => Err(self.malformed("a value is missing")),
        }
    }

    fn literal(&mut self, word: &[u8]) -> Result<(), Uncanonical> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.malformed("no JSON value begins so"));
        }
        self.at += word.len();
        self.out.extend_from_slice(word);
        Ok(())
    }

    fn list(&mut self, depth: usize) -> Result<(), Uncanonical> {
        self.at += 1;
        self.out.push(b'[');
        if self.next() == Some(b']') {
            self.close(b']');
            return Ok(());
        }
        loop {
            self.value(depth)?;
            match self.next() {
                Some(b',') => self.comma(),
                Some(b']') => break,
                _ => return Err(self.malformed("expected `,` or `]`")),
            }
        }
        self.close(b']');
        Ok(())
    }

    fn object(&mut self, depth: usize) -> Result<(), Uncanonical> {
        self.at += 1;
        self.out.push(b'{');
        if self.next() == Some(b'}') {
            self.close(b'}');
            return Ok(());
        }
        let first = self.members.len();
        loop {
            self.member(depth)?;
            match self.next() {
                Some(b',') => self.comma(),
                Some(b'}') => break,
                _ => return Err(self.malformed("expected `,` or `}`")),
            }
        }
        self.put_in_order(first);
        self.close(b'}');
        Ok(())
    }

    fn comma(&mut self) {
        self.at += 1;
        self.out.push(b',');
    }

    fn close(&mut self, bracket: u8) {
        self.at += 1;
        self.out.push(bracket);
    }

    fn member(&mut self, depth: usize) -> Result<(), Uncanonical> {
        if self.next() != Some(b'"') {
            return Err(self.malformed("expected a name in quotation marks"));
        }
        let start = self.out.len();
        let name = self.string()?;
        if name.iter().any(|&byte| byte >= RARE_MIN) {
            return Err(Uncanonical::Name(shown(&name)));
        }
        if self.next() != Some(b':') {
            return Err(self.malformed("expected `:`"));
        }
        self.at += 1;
        self.out.push(b':');
        self.value(depth)?;
        self.members.push(Member { name, written: start..self.out.len() });
        Ok(())
    }

    /// Sorts the fields of the innermost object, which are those from `first` on, by their names.
    /// Without letters beyond U+FFFF their bytes have the order of their units in UTF-16.
    fn put_in_order(&mut self, first: usize) {
        let members = self.members.get_mut(first..).unwrap_or_default();
        if !members.is_sorted_by(|one, other| one.name < other.name) {
            let begin = members.first().map_or(0, |member| member.written.start);
            // Fields with the same name stay as they followed each other.
            members.sort_by(|one, other| one.name.cmp(&other.name));
            let mut ordered = Vec::with_capacity(self.out.len() - begin);
            for (place, member) in members.iter().enumerate() {
                if members.get(place + 1).is_some_and(|next| next.name == member.name) {
                    continue;
                }
                if !ordered.is_empty() {
                    ordered.push(b',');
                }
                ordered.extend_from_slice(self.out.get(member.written.clone()).unwrap_or_default());
            }
            self.out.truncate(begin);
            self.out.append(&mut ordered);
        }
        self.members.truncate(first);
    }

    /// Writes the string at whose first quotation mark the reader stands; gives its text.
    fn string(&mut self) -> Result<Cow<'a, [u8]>, Uncanonical> {
        let from = self.at;
        self.at += 1;
        let run = self.run();
        if self.peek() == Some(b'"') {
            self.at += 1;
            self.out.extend_from_slice(self.since(from));
            return Ok(Cow::Borrowed(run));
        }
        let mut text = run.to_vec();
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape(&mut text)?,
                Some(_) => return Err(self.malformed("a control character in a string")),
                None => return Err(self.malformed("a string has no end")),
            }
            text.extend_from_slice(self.run());
        }
        self.at += 1;
        self.out.push(b'"');
        text.iter().for_each(|&byte| self.write_escaped(byte));
        self.out.push(b'"');
        Ok(Cow::Owned(text))
    }

    /// What stands for itself in a string, from here on.
    fn run(&mut self) -> &'a [u8] {
        let from = self.at;
        let rest = self.text.get(from..).unwrap_or_default();
        self.at += rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len());
        self.since(from)
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Result<(), Uncanonical> {
        self.at += 1;
        let byte = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 0x08,
            Some(b't') => b'\t',
            Some(b'n') => b'\n',
            Some(b'f') => 0x0C,
            Some(b'r') => b'\r',
            Some(b'u') => {
                let letter = self.escaped_letter()?;
                text.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(());
            }
            _ => return Err(self.malformed("no such escape in a string")),
        };
        self.at += 1;
        text.push(byte);
        Ok(())
    }

    /// The letter that one or two escapes stand for, at whose `u` the reader stands.
    fn escaped_letter(&mut self) -> Result<char, Uncanonical> {
        let first = self.unit()?;
        let mut units = [first, 0];
        let mut count = 1;
        if (0xD800..0xDC00).contains(&first) && self.peek() == Some(b'\\') {
            self.at += 1;
            units = [first, self.unit()?];
            count = 2;
        }
        let mut letters = char::decode_utf16(units.into_iter().take(count));
        match (letters.next(), letters.next()) {
            (Some(Ok(letter)), None) => Ok(letter),
            _ => Err(self.malformed("half a letter in a string")),
        }
    }

    /// The unit of UTF-16 that an escape stands for.
    fn unit(&mut self) -> Result<u16, Uncanonical> {
        let digit = |&byte: &u8| char::from(byte).to_digit(16);
        let unit = match self.text.get(self.at..self.at + 5) {
            Some([b'u', digits @ ..]) => {
                digits.iter().try_fold(0, |unit, byte| Some(unit << 4 | digit(byte)? as u16))
            }
            _ => None,
        };
        self.at += 5;
        unit.ok_or_else(|| self.malformed("no such escape in a string"))
    }

    fn write_escaped(&mut self, byte: u8) {
        let short = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0C => b'f',
            b'\r' => b'r',
            0..0x20 => return self.out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => return self.out.push(byte),
        };
        self.out.extend_from_slice(&[b'\\', short]);
    }

    fn number(&mut self) -> Result<(), Uncanonical> {
        let from = self.at;
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let begins_with_zero = self.peek() == Some(b'0');
        let digits = self.digits()?;
        if begins_with_zero && digits > 1 {
            return Err(self.malformed("a number begins with 0"));
        }
        let mut is_whole = true;
        if self.peek() == Some(b'.') {
            is_whole = false;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            is_whole = false;
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        let written = self.since(from);
        if is_whole && digits <= DIGITS_SHORT && !(is_negative && begins_with_zero) {
            self.out.extend_from_slice(written);
            return Ok(());
        }
        self.write_number(written, is_whole)
    }

    /// How many digits stand here; at least one.
    fn digits(&mut self) -> Result<usize, Uncanonical> {
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        match self.at - from {
            0 => Err(self.malformed("a digit is missing")),
            count => Ok(count),
        }
    }

    fn write_number(&mut self, written: &[u8], is_whole: bool) -> Result<(), Uncanonical> {
        let refused = || Uncanonical::Number(shown(written));
        let text = std::str::from_utf8(written).map_err(|_| refused())?;
        if is_whole {
            let size = text.trim_start_matches('-').parse::<u64>().map_err(|_| refused())?;
            if size > INTEGER_MAX {
                return Err(refused());
            }
        }
        let number = text.parse::<f64>().map_err(|_| refused())?;
        // Those that are written without a point and an exponent are read as integers again.
        let size = number.abs();
        if !number.is_finite() || size > INTEGER_MAX as f64 && size < POINTLESS_END {
            return Err(refused());
        }
        self.out.extend_from_slice(ryu_js::Buffer::new().format_finite(number).as_bytes());
        Ok(())
    }
}

/// True for what ends a string or stands for something else in it.
fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn shown(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests;
