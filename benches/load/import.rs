//! A list of 20,000 members, looked at through the page beside 5,000 who are there already.

use std::time::Instant;

use super::Measured;
use super::desks::Desk;

const ROWS: u32 = 20_000;

pub async fn measure(desk: &Desk<'_>) -> Vec<Measured> {
    let book = workbook();
    let text = text();
    vec![
        one(desk, "import preview of 20,000 rows, XLSX, through the page", &book).await,
        one(desk, "import preview of 20,000 rows, CSV, through the page", text.as_bytes()).await,
    ]
}

async fn one(desk: &Desk<'_>, limit: &'static str, file: &[u8]) -> Measured {
    let mut took = Vec::new();
    let mut bytes = 0;
    for _ in 0..5 {
        let began = Instant::now();
        let page = desk.upload("/desk/members/import", &[], ("list_file", "list", file)).await;
        took.push(began.elapsed().as_secs_f64());
        assert!(page.contains("19999") || page.contains("19,999"), "the numbers are there");
        bytes = page.len();
    }
    let middle = super::median(took.clone());
    let slowest = took.iter().copied().fold(0.0, f64::max);
    Measured {
        limit,
        wanted: "≤ 3 s",
        figure: format!("{middle:.2} s"),
        holds: Some(middle <= 3.0),
        notes: vec![format!(
            "{limit}: a file of {} kB, slowest of 5 {slowest:.2} s, the answer {bytes} bytes (it brings the list back)",
            file.len() / 1000
        )],
    }
}

fn cells(row: u32) -> [String; 5] {
    let team = if row == 1 { "Fosterring 1".to_owned() } else { format!("Fostering {}", row % 200) };
    [format!("Ana{row}"), "Berg".to_owned(), format!("ana{row}@example.org"), "Social Care".to_owned(), team]
}

const HEADINGS: [&str; 5] = ["First name", "Surname", "E-mail", "Department", "Team"];

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADINGS).expect("it fits");
    for row in 1..=ROWS {
        sheet.write_row(row, 0, cells(row)).expect("it fits");
    }
    book.save_to_buffer().expect("a workbook in memory")
}

fn text() -> String {
    let rows = (1..=ROWS).map(|row| cells(row).join(","));
    std::iter::once(HEADINGS.join(",")).chain(rows).collect::<Vec<_>>().join("\n")
}
