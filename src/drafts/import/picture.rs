//! Pictures: told by their bytes, freed of everything that is not the picture itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::keys::sha256;
use crate::store::text_column;
use crate::values;

values! {
    /// What a picture is.
    #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
    #[diesel(sql_type = diesel::sql_types::Text)]
    PictureKind {
        Png = "image/png",
        Jpeg = "image/jpeg",
        Gif = "image/gif",
        Webp = "image/webp",
    }
}

text_column!(PictureKind);

/// Most bytes of one picture.
const BYTES_MAX: usize = 6 * 1024 * 1024;
/// Most points along one side; beyond, browsers need gigabytes.
const SIDE_MAX: u32 = 12_000;

/// What stands for a picture in the markup of a block until its place is known.
pub const SCHEME: &str = "picture:";

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of the bytes, 64 small hexadecimal digits.
    pub hash: String,
    pub kind: PictureKind,
    pub bytes: Vec<u8>,
    /// Width and height in points, where the picture says so.
    pub size: Option<(u32, u32)>,
}

/// Reads a picture; what may name people or places (EXIF, XMP, comments, text) is left out.
///
/// # Errors
/// Why it is not kept, in words.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, &'static str> {
    if bytes.len() > BYTES_MAX {
        return Err("it is larger than 6 MB");
    }
    let (kind, clean) = match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => (PictureKind::Png, png(bytes)),
        [0xff, 0xd8, 0xff, ..] => (PictureKind::Jpeg, jpeg(bytes)),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => (PictureKind::Gif, gif(bytes)),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => (PictureKind::Webp, webp(bytes)),
        [0x01, 0x00, 0x00, 0x00, ..] | [0xd7, 0xcd, 0xc6, 0x9a, ..] => {
            return Err("a drawing in Windows' own form (EMF, WMF); save it as PNG");
        }
        _ => return Err("no PNG, JPEG, GIF or WebP; save it as PNG"),
    };
    let (clean, size) = clean.ok_or("it is damaged")?;
    if size.is_some_and(|(width, height)| width.max(height) > SIDE_MAX || width == 0 || height == 0) {
        return Err("it is too wide or too high");
    }
    let digits = b"0123456789abcdef";
    let digit = |place: u8| char::from(digits[usize::from(place)]);
    let hash = sha256(&clean).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    Ok(Picture { hash, kind, bytes: clean, size })
}

/// Whether these bytes are a picture that can be kept.
pub(super) fn is_kept(bytes: &[u8]) -> bool {
    read(bytes).is_ok()
}

/// The bytes of a picture that is written in letters.
pub(super) fn from_base64(written: &str) -> Option<Vec<u8>> {
    let letters: String = written.chars().filter(|sign| !sign.is_whitespace()).collect();
    STANDARD.decode(letters).ok()
}

type Clean = Option<(Vec<u8>, Option<(u32, u32)>)>;

fn big(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn png(bytes: &[u8]) -> Clean {
    const KEPT: [&[u8; 4]; 15] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"acTL",
        b"fcTL", b"fdAT", b"cICP",
    ];
    let mut clean = bytes.get(..8)?.to_vec();
    let mut at = 8;
    let size = (big(bytes, 16)?, big(bytes, 20)?);
    loop {
        let length = usize::try_from(big(bytes, at)?).ok()?;
        let end = at.checked_add(12)?.checked_add(length)?;
        let name: &[u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let chunk = bytes.get(at..end)?;
        if KEPT.contains(&name) {
            clean.extend_from_slice(chunk);
        }
        at = end;
        if name == b"IEND" {
            return Some((clean, Some(size)));
        }
    }
}

fn jpeg(bytes: &[u8]) -> Clean {
    let mut clean = bytes.get(..2)?.to_vec();
    let mut at = 2;
    let mut size = None;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let mark = *bytes.get(at + 1)?;
        if mark == 0xff {
            at += 1;
            continue;
        }
        if mark == 0xd9 {
            clean.extend_from_slice(&[0xff, 0xd9]);
            return Some((clean, size));
        }
        let length = usize::from(u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?));
        let end = at + 2 + length.max(2);
        let segment = bytes.get(at..end)?;
        // APP0 says how to show it, APP2 and APP14 what its colours mean; other notes may name people.
        let is_note = matches!(mark, 0xe1 | 0xe3..=0xed | 0xef | 0xfe);
        let is_profile = mark != 0xe2 || segment.get(4..15) == Some(b"ICC_PROFILE".as_slice());
        if !is_note && is_profile {
            clean.extend_from_slice(segment);
        }
        if matches!(mark, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            let side = |from: usize| Some(u32::from(u16::from_be_bytes(segment.get(from..from + 2)?.try_into().ok()?)));
            size = Some((side(7)?, side(5)?));
        }
        at = end;
        if mark == 0xda {
            // The picture itself, up to the next mark that is none of its own.
            let from = at;
            while at + 1 < bytes.len() {
                let next = memchr::memchr(0xff, bytes.get(at..)?).map(|found| at + found)?;
                match bytes.get(next + 1)? {
                    0x00 | 0xd0..=0xd7 => at = next + 2,
                    _ => {
                        at = next;
                        break;
                    }
                }
            }
            clean.extend_from_slice(bytes.get(from..at)?);
        }
    }
}

fn gif(bytes: &[u8]) -> Clean {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let side = |from: usize| Some(u32::from(u16::from_le_bytes(bytes.get(from..from + 2)?.try_into().ok()?)));
    let size = (side(6)?, side(8)?);
    let mut at = 13 + table(*bytes.get(10)?);
    let mut clean = bytes.get(..at)?.to_vec();
    let blocks_end = |mut at: usize| loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    };
    loop {
        match *bytes.get(at)? {
            0x3b => {
                clean.push(0x3b);
                return Some((clean, Some(size)));
            }
            0x2c => {
                let data = at + 10 + table(*bytes.get(at + 9)?) + 1;
                let end = blocks_end(data)?;
                clean.extend_from_slice(bytes.get(at..end)?);
                at = end;
            }
            0x21 => {
                let end = blocks_end(at + 2)?;
                let is_loop = bytes.get(at + 3..at + 14) == Some(b"NETSCAPE2.0".as_slice());
                if *bytes.get(at + 1)? == 0xf9 || is_loop {
                    clean.extend_from_slice(bytes.get(at..end)?);
                }
                at = end;
            }
            _ => return None,
        }
    }
}

fn webp(bytes: &[u8]) -> Clean {
    let little = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let mut clean = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut at = 12;
    let mut size = None;
    while at + 8 <= bytes.len() {
        let length = usize::try_from(little(at + 4)?).ok()?;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
        let name = bytes.get(at..at + 4)?;
        let chunk = bytes.get(at..end.min(bytes.len()))?;
        if chunk.len() < 8 + length {
            return None;
        }
        match name {
            b"VP8X" => {
                let from = clean.len();
                clean.extend_from_slice(chunk);
                // It no longer says that there are such notes.
                *clean.get_mut(from + 8)? &= !0x0c;
                let side = |from: usize| {
                    Some(u32::from_le_bytes([*chunk.get(from)?, *chunk.get(from + 1)?, *chunk.get(from + 2)?, 0]) + 1)
                };
                size = Some((side(12)?, side(15)?));
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => clean.extend_from_slice(chunk),
            // EXIF, XMP and whatever else is no picture.
            _ => {}
        }
        at = end;
    }
    if clean.len() == 12 {
        return None;
    }
    let length = u32::try_from(clean.len() - 8).ok()?.to_le_bytes();
    clean.get_mut(4..8)?.copy_from_slice(&length);
    Some((clean, size))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &name, data, &[0; 4]].concat()
    }

    fn png_with(extra: &[u8]) -> Vec<u8> {
        let head = [
            &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a][..],
            &chunk(*b"IHDR", &[0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0]),
        ];
        [&head.concat()[..], extra, &chunk(*b"IDAT", b"x"), &chunk(*b"IEND", b"")].concat()
    }

    #[test]
    fn what_names_people_is_taken_out_of_a_picture() {
        let named = read(&png_with(&chunk(*b"tEXt", b"Author\0Rosamund"))).unwrap();
        let bare = read(&png_with(b"")).unwrap();
        assert_eq!(named, bare);
        assert_eq!((bare.kind, bare.size), (PictureKind::Png, Some((3, 2))));

        let jpeg = b"\xff\xd8\xff\xe1\x00\x0aExifRosa\xff\xfe\x00\x06Rosa\xff\xc0\x00\x0b\x08\x00\x02\x00\x03\x01\x01\x11\x00\xff\xda\x00\x02ab\xff\x00c\xff\xd9Rosa";
        let read_jpeg = read(jpeg).unwrap();
        assert_eq!(read_jpeg.size, Some((3, 2)));
        assert!(!read_jpeg.bytes.windows(4).any(|part| part == b"Rosa"), "{:?}", read_jpeg.bytes);
        assert!(read_jpeg.bytes.ends_with(b"ab\xff\x00c\xff\xd9"));

        let gif = b"GIF89a\x03\x00\x02\x00\x00\x00\x00\x21\xfe\x04Rosa\x00\x2c\0\0\0\0\x03\0\x02\0\0\x02\x01x\0\x3b";
        let read_gif = read(gif).unwrap();
        assert!(!read_gif.bytes.windows(4).any(|part| part == b"Rosa"));
        let webp = [&b"RIFF\x20\0\0\0WEBPEXIF\x04\0\0\0RosaVP8 \x02\0\0\0xy"[..]].concat();
        assert!(!read(&webp).unwrap().bytes.windows(4).any(|part| part == b"Rosa"));
    }

    #[test]
    fn drawings_and_broken_pictures_are_not_kept() {
        assert!(read(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_err());
        assert!(read(b"\x01\0\0\0\x6c\0\0\0").unwrap_err().contains("EMF"));
        assert!(read(&png_with(b"")[..40]).is_err());
    }

    proptest! {
        #[test]
        fn broken_pictures_never_overflow(head in prop::sample::select(vec![
            b"\x89PNG\r\n\x1a\n".to_vec(), b"\xff\xd8\xff".to_vec(), b"GIF89a".to_vec(), b"RIFF\0\0\0\0WEBP".to_vec(),
        ]), rest in prop::collection::vec(any::<u8>(), 0..200)) {
            drop(read(&[head, rest].concat()));
        }
    }
}
