//! A QR code of an address, drawn here: nothing is asked of anybody else.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::web::view::QrSquare;

/// Squares of quiet around the code, as the standard wants.
const QUIET: usize = 4;

/// The code of `address`, with a quarter of it to spare for a torn or dirty sheet; none for an
/// address that is too long for any code.
#[must_use]
pub fn square(address: &str) -> Option<QrSquare> {
    let code = QrCode::with_error_correction_level(address, EcLevel::Q).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let (length, left, top) = (run.len(), x + QUIET, y + QUIET);
                // Writing to a string cannot fail.
                write!(path, "M{left} {top}h{length}v1h-{length}z").ok()?;
            }
            x += run.len();
        }
    }
    Some(QrSquare { side: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_reads_the_address_back() {
        let address = "https://say.example.org/c/closer-to-families";
        let square = square(address).unwrap();
        let dark = drawn(&square);
        let scale = 6;
        let side = square.side * scale;
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(
                side,
                side,
                |x, y| if dark[y / scale][x / scale] { 0 } else { 255 },
            );
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, address);
    }

    #[test]
    fn an_endless_address_has_no_code() {
        assert!(square(&"x".repeat(5000)).is_none());
    }

    /// Fills the squares that the path names.
    fn drawn(square: &QrSquare) -> Vec<Vec<bool>> {
        let mut dark = vec![vec![false; square.side]; square.side];
        for run in square.path.split('M').skip(1) {
            let numbers: Vec<usize> =
                run.split(|sign: char| !sign.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            let [x, y, length, ..] = numbers[..] else { panic!("{run}") };
            dark[y][x..x + length].fill(true);
        }
        dark
    }
}
