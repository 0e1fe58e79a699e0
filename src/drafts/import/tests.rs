//! Whole files: ours, compared with another program's reading of them, and hostile ones.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[track_caller]
fn taken(name: &str) -> Parsed {
    read(&bytes(name), name, None).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
}

#[track_caller]
fn code(bytes: &[u8], name: &str) -> &'static str {
    match read(bytes, name, None) {
        Err(Refusal::Invalid(problems)) => {
            let detail = &problems[0].detail;
            assert!(detail.ends_with('.') && detail.len() > 20, "{detail}");
            problems[0].code
        }
        other => panic!("{name}: {other:?}"),
    }
}

fn shown(parsed: &Parsed) -> Vec<(BlockKind, i32, &str)> {
    parsed.blocks.iter().map(|block| (block.kind, block.level, block.text.as_str())).collect()
}

fn what(parsed: &Parsed) -> String {
    parsed.dropped.iter().map(|one| [&one.what, " (", &one.place, ")\n"].concat()).collect()
}

use BlockKind::{Figure, Heading, ListItem, Paragraph, Table};

// --- what is kept

#[test]
fn clauses_keep_the_numbers_that_word_counts() {
    for name in ["contract-clauses.docx", "office-clauses.odt", "office-clauses.docx"] {
        let parsed = taken(name);
        assert_eq!(parsed.title.as_deref(), Some("Closer to Families"), "{name}");
        let expected = [
            (Paragraph, 0, "The branch answers the plan of the county in four parts."),
            (Heading, 1, "1. Staffing"),
            (Paragraph, 0, "1.1 We propose three senior posts and no new assistants."),
            (Paragraph, 0, "1.2 Casework stays with the teams:"),
            (ListItem, 3, "(a) fostering and adoption;"),
            (ListItem, 3, "(b) early help, including"),
            (ListItem, 4, "(i) the family hubs, and"),
            (ListItem, 4, "(ii) the youth service."),
            (Paragraph, 0, "1.3 No post is left vacant for more than eight weeks."),
            (Heading, 1, "2. Costs"),
            (Paragraph, 0, "2.1 The saving is 140,000 pounds a year."),
            (Heading, 1, "3. Timetable"),
            (Paragraph, 0, "3.1 Nothing changes before April 2027."),
            (Paragraph, 0, "Bring this to the meeting:"),
            (ListItem, 1, "the rota,"),
            (ListItem, 2, "of both sites,"),
            (ListItem, 1, "the figures."),
            (ListItem, 1, "IV. The fourth appendix begins at four."),
            (ListItem, 1, "V. Then the fifth."),
        ];
        assert_eq!(shown(&parsed), expected, "{name}");
        let dropped = what(&parsed);
        for listed in [
            "Branch proposal, confidential until Friday” (page header)",
            "Page one of many” (page footer)",
            "table of contents (",
            "page break",
        ] {
            assert!(dropped.contains(listed), "{name}: {listed} is not in {dropped}");
        }
        let numbered = crate::drafts::number::number(parsed.blocks);
        let numbers: Vec<&str> = numbered.iter().take(6).map(|one| one.number.as_str()).collect();
        assert_eq!(numbers, ["0.1", "1", "1.1", "1.2", "1.3", "1.4"]);
        assert_eq!(numbered[2].block.text, "We propose three senior posts and no new assistants.");
    }
}

#[test]
fn headings_are_known_by_what_their_style_is_based_on() {
    let parsed = taken("german-styles.docx");
    assert_eq!(
        shown(&parsed),
        [
            (Heading, 1, "Einleitung"),
            (
                Paragraph,
                0,
                "Wir alle sagen nein zu CO2 und zum 1st Mai. Alt\nNeue Zeile nach dem Tab, E\u{2011}Mail, ✓α"
            ),
            (Heading, 2, "Personal"),
            (Paragraph, 0, "Absatz unter einer geerbten Überschrift."),
            (Heading, 1, "Kosten"),
            (Paragraph, 0, "Link:"),
            (Paragraph, 0, "die Seite und eine Datei und ein Feld"),
        ]
    );
    assert_eq!(
        parsed.blocks[1].html,
        "Wir <strong>alle</strong> sagen <em>nein</em> zu CO<sub>2</sub> und zum 1<sup>st</sup> Mai. <del>Alt</del><br>Neue Zeile \
         nach dem Tab, E\u{2011}Mail, ✓α"
    );
    assert_eq!(
        parsed.blocks[6].html,
        "<a href=\"https://example.org/seite?a=1&amp;b=2\" rel=\"noopener noreferrer\">die Seite</a> und eine Datei und \
         <a href=\"https://example.org/feld\" rel=\"noopener noreferrer\">ein Feld</a>"
    );
    assert!(what(&parsed).contains("link to file:///C:/geheim.docx"), "{}", what(&parsed));
}

#[test]
fn tracked_insertions_are_taken_and_deletions_left_out() {
    for name in ["tracked-changes.docx", "office-tracked.odt"] {
        let parsed = taken(name);
        let all: String = parsed.blocks.iter().map(|block| block.text.clone() + "\n").collect();
        assert!(all.contains("We propose three posts."), "{name}: {all}");
        assert!(all.contains("First half of a sentence that was joined."), "{name}: {all}");
        assert_eq!(all.matches("This paragraph wandered.").count(), 1, "{name}: {all}");
        assert!(!all.contains("five") && all.contains("Kept row | yes"), "{name}: {all}");
        let dropped = what(&parsed);
        assert!(dropped.contains("five"), "{name}: {dropped}");
        if name.ends_with("docx") {
            assert!(!all.contains("Deleted row") && dropped.contains("Deleted row"), "{name}: {all}{dropped}");
        }
    }
}

#[test]
fn comments_come_with_the_words_they_stand_on_and_without_their_writers() {
    for name in ["comments.docx", "office-comments.odt"] {
        let parsed = taken(name);
        let comments: Vec<(&str, &str, &str)> = parsed
            .comments
            .iter()
            .map(|one| (parsed.blocks[one.block].text.as_str(), one.quote.as_str(), one.body.as_str()))
            .collect();
        let expected = [
            ("We propose three senior posts for the service.", "three senior posts", "Is three enough for the county?"),
            ("This one spans", "This one spans two paragraphs.", "Ask the finance team."),
            ("A comment without words.", "", "Who wrote this?"),
        ];
        assert_eq!(comments, expected, "{name}");
        assert!(!format!("{parsed:?}").contains("Rosamund"), "{name}");
    }
}

#[test]
fn tables_keep_heads_merged_cells_and_the_words_of_inner_tables() {
    let parsed = taken("tables.docx");
    let tables: Vec<&ParsedBlock> = parsed.blocks.iter().filter(|block| block.kind == Table).collect();
    assert_eq!(
        tables[0].text,
        "Post | Now | Then\nHeads of service | four | three\npart time\nor full | none\nTotal across both columns | seven\n\
         Nested | inner one / inner two\nafter it | • fostering,\n• adoption"
    );
    assert!(
        tables[0].html.starts_with(
            "<table><thead><tr><th scope=\"col\">Post</th><th scope=\"col\">Now</th><th scope=\"col\">Then</th></tr></thead><tbody>\
             <tr><td rowspan=\"2\">Heads of service</td><td>four</td><td><strong>three</strong></td></tr>\
             <tr><td>part time<br>or full</td><td>none</td></tr><tr><td colspan=\"2\">Total across both columns</td>"
        ),
        "{}",
        tables[0].html
    );
    assert_eq!(tables[1].text, "lonely cell");
    assert!(what(&parsed).contains("inside a table; its words stand in one cell (table 1)"), "{}", what(&parsed));
    for name in ["office-tables.odt", "office-tables.html"] {
        let other = taken(name);
        let table = other.blocks.iter().find(|block| block.kind == Table).unwrap();
        assert!(table.html.contains("rowspan=\"2\"") && table.html.contains("colspan=\"2\""), "{name}: {}", table.html);
        assert!(table.html.contains("<thead>"), "{name}: {}", table.html);
    }
}

#[test]
fn pictures_are_kept_once_with_their_words_and_none_is_fetched() {
    for name in ["pictures.docx", "office-pictures.odt"] {
        let parsed = taken(name);
        let dropped = what(&parsed);
        assert_eq!(parsed.pictures.len(), 2, "{name}: {dropped}");
        assert!(parsed.pictures.iter().all(|one| !one.bytes.windows(6).any(|part| part == b"Author")), "{name}");
        let figures: Vec<&str> =
            parsed.blocks.iter().filter(|block| block.kind == Figure).map(|block| block.text.as_str()).collect();
        assert_eq!(figures[..2], ["Map of the two sites", "Red square"], "{name}");
        assert!(figures.contains(&"Picture 5") || figures.contains(&"Picture 4"), "{name}: {figures:?}");
        // The drawing is none that LibreOffice keeps.
        if name.ends_with("docx") {
            assert!(figures.contains(&"Old drawing of the office"), "{figures:?}");
            assert!(dropped.contains("Old drawing of the office”: a drawing in Windows"), "{dropped}");
        }
        let first = parsed.blocks.iter().find(|block| block.kind == Figure).unwrap();
        assert_eq!(
            first.html,
            format!(
                "<figure><img src=\"picture:{}\" alt=\"Map of the two sites\" width=\"60\" height=\"30\"></figure>",
                parsed.pictures[0].hash
            )
        );
        assert!(dropped.contains("Chart kept elsewhere”: it is not in the file"), "{name}: {dropped}");
        let table = parsed.blocks.iter().find(|block| block.kind == Table).unwrap();
        assert_eq!(table.text, "[Map in a cell] | beside it", "{name}");
        assert!(!parsed.blocks.iter().any(|block| block.html.contains("elsewhere.example")), "{name}");
    }
}

#[test]
fn notes_stand_at_the_end_under_their_marks() {
    for name in ["notes.docx", "office-notes.odt"] {
        let parsed = taken(name);
        let texts: Vec<&str> = parsed.blocks.iter().skip(1).map(|block| block.text.as_str()).collect();
        let texts: Vec<&str> = if parsed.title.is_some() {
            parsed.blocks.iter().map(|block| block.text.as_str()).collect()
        } else {
            texts
        };
        assert_eq!(
            texts,
            [
                "Caseloads rose[1] by a fifth[2].",
                "Twice[3].",
                "[1] County return, table 4.",
                "[2] Ofsted, page 12.",
                "[3] First paragraph of a note.",
                "Second paragraph of it.",
            ],
            "{name}"
        );
    }
}

#[test]
fn boxes_stand_once_and_fields_say_what_they_say() {
    let parsed = taken("boxes-and-fields.docx");
    let texts: Vec<&str> = parsed.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Before the box. After it.",
            "Words in a text box stand once.",
            "See clause 4.2, dated 22 November.",
            "A content control around a paragraph.",
            "Signed by the branch in Salford.",
            "Seen words.",
            "a+b=c",
        ]
    );
    assert!(what(&parsed).contains("hidden words “and unseen” (paragraph 7)"), "{}", what(&parsed));
}

#[test]
fn macros_and_templates_are_listed_and_left_alone() {
    let parsed = taken("macros.docm");
    assert_eq!(shown(&parsed), [(Paragraph, 0, "Draft with macros.")]);
    assert!(what(&parsed).contains("macros") && what(&parsed).contains("template"), "{}", what(&parsed));
    assert_eq!(taken("other-prefix.docx").blocks[0].text, "Strict file with a prefix of its own.");
}

#[test]
fn texts_are_read_in_the_letters_they_are_written_in() {
    assert_eq!(taken("windows.txt").blocks[1].text, "The employer’s plan costs £5,000 – we say “no”.");
    assert_eq!(taken("utf16.txt").blocks[0].text, "Zażółć gęślą jaźń.");
    let page = taken("latin.html");
    assert_eq!(page.title.as_deref(), Some("Żądania"));
    assert_eq!(page.blocks[0].text, "Łódź i Kraków.");
}

// --- compared with another program

fn words_of(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let plain: String = text.nfkc().filter(|sign| !matches!(sign, '\u{ad}' | '\u{200b}')).collect();
    for word in plain.to_lowercase().split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// What pandoc reads in a file, and we neither keep nor list.
fn lost(file: &Path, parsed: &Parsed) -> Vec<String> {
    let ending = file.extension().unwrap().to_str().unwrap();
    let from = match ending {
        "docx" | "docm" => "docx",
        "odt" => "odt",
        "html" => "html",
        _ => "markdown-smart",
    };
    let told =
        Command::new("pandoc").args(["-f", from, "-t", "plain", "--wrap=none", "--columns=2000"]).arg(file).output();
    let told = told.expect("pandoc is installed (Debian package pandoc)");
    assert!(told.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&told.stderr));
    let mut ours = parsed.title.clone().unwrap_or_default();
    for block in &parsed.blocks {
        ours.extend(["\n", &block.text]);
    }
    ours.push('\n');
    ours.push_str(&what(parsed));
    let theirs = String::from_utf8_lossy(&told.stdout).replace("^(", "").replace("_(", "");
    // Of a Word table, pandoc says the caption twice: as the paragraph that it is, and below the table.
    let lines: Vec<&str> = theirs.lines().collect();
    let is_twice = |line: &str| line.trim_start().strip_prefix(": ").is_some_and(|caption| lines.contains(&caption));
    let theirs: Vec<&str> = lines.iter().copied().filter(|line| !is_twice(line)).collect();
    let (ours, theirs) = (words_of(&ours), words_of(&theirs.join("\n")));
    let has_contents = what(parsed).contains("table of contents");
    let missing = theirs.iter().filter(|(word, count)| {
        let kept = ours.get(*word).copied().unwrap_or_default();
        if has_contents { kept == 0 && *word != "contents" } else { kept < **count }
    });
    missing.map(|(word, _)| word.clone()).collect()
}

/// Ours, and those of a folder that `SOUNDINGS_MORE_DOCUMENTS` names.
fn documents() -> Vec<PathBuf> {
    let mut folders = vec![folder()];
    folders.extend(std::env::var_os("SOUNDINGS_MORE_DOCUMENTS").map(PathBuf::from));
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders {
        files.extend(std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    let kinds = ["docx", "docm", "odt", "html", "md", "txt"];
    files.retain(|file| file.extension().is_some_and(|ending| kinds.contains(&ending.to_str().unwrap())));
    files.sort();
    files
}

#[test]
fn no_word_of_any_document_is_lost_beyond_what_is_listed() {
    let files = documents();
    assert!(files.len() >= 20, "{}", files.len());
    let mut told = String::new();
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap();
        // Pandoc reads texts as UTF-8 alone, and Word files under Word's own prefixes.
        let is_other = matches!(name, "windows.txt" | "utf16.txt" | "latin.html" | "other-prefix.docx");
        match read(&std::fs::read(file).unwrap(), name, None) {
            Ok(parsed) if !is_other => {
                let lost = lost(file, &parsed);
                if !lost.is_empty() {
                    told.extend([name, ": ", &lost.join(" "), "\n"]);
                }
                assert!(parsed.blocks.iter().all(|block| is_safe_markup(&block.html)), "{name}");
            }
            Ok(_) => {}
            // An empty file is refused with its sentence; of ours none is.
            Err(Refusal::Invalid(problems)) if !file.starts_with(folder()) => {
                assert_eq!(problems[0].code, "missing", "{name}: {problems:?}");
            }
            Err(refusal) => panic!("{name}: {refusal:?}"),
        }
    }
    assert!(told.is_empty(), "these words are lost:\n{told}");
}

/// No tag, attribute or address but those that may reach a page.
fn is_safe_markup(html: &str) -> bool {
    html.split('<').skip(1).all(|piece| {
        let Some((tag, _)) = piece.split_once('>') else { return false };
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        let known = "em strong a del code sup sub br span table thead tbody tr th td figure figcaption pre img";
        let address = |attribute: &str| tag.split_once(attribute).map(|(_, rest)| rest);
        known.split(' ').any(|one| one == name)
            // Names of attributes stand outside the quotation marks.
            && !tag.split('"').step_by(2).any(|outside| outside.contains(" on"))
            && address("src=\"").is_none_or(|to| to.starts_with("picture:"))
            && address("href=\"")
                .is_none_or(|to| ["http", "mailto:"].iter().any(|scheme| to.to_ascii_lowercase().starts_with(scheme)))
    })
}

// --- hostile and broken files

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("[Content_Types].xml", CONTENT_TYPES.as_bytes()), ("word/document.xml", xml.as_bytes())])
}

fn open_text(body: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", xml.as_bytes())])
}

#[test]
fn bombs_are_refused_before_they_fill_the_memory() {
    let long = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", " ".repeat(40_000_000));
    assert_eq!(code(&word(&long), "bomb.docx"), "too-much");
    let many: Vec<(String, Vec<u8>)> = (0..4_100).map(|part| (format!("word/media/{part}.png"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    assert_eq!(code(&zipped(&many), "parts.docx"), "too-much");
    // An archive in an archive is never opened.
    let inner = word("<w:p><w:r><w:t>inner</w:t></w:r></w:p>");
    assert_eq!(code(&zipped(&[("inner.docx", &inner)]), "nested.docx"), "not-a-text");
}

#[test]
fn endless_tables_lists_and_nestings_are_refused() {
    let row = "<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>";
    assert_eq!(code(&word(&format!("<w:tbl>{}</w:tbl>", row.repeat(6_000))), "rows.docx"), "too-many-rows");
    assert_eq!(code(&word(&format!("<w:tbl>{}</w:tbl>", row.repeat(100_000))), "rows.docx"), "too-many-rows");
    let cell = "<table:table><table:table-row table:number-rows-repeated=\"100000\"><table:table-cell table:number-columns-repeated=\"1000000\"><text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    assert_eq!(code(&open_text(cell), "rows.odt"), "too-many-rows");
    let paragraph = "<w:p><w:r><w:t>x</w:t></w:r></w:p>";
    assert_eq!(code(&word(&paragraph.repeat(BLOCKS_MAX + 1)), "long.docx"), "too-many-blocks");
    let deep = format!("{}{}", "<w:sdt><w:sdtContent>".repeat(2_000), "</w:sdtContent></w:sdt>".repeat(2_000));
    assert_eq!(code(&word(&deep), "deep.docx"), "too-deep");
    let boxes = |depth: usize| {
        let (open, close) =
            ("<w:p><w:r><w:pict><w:txbxContent>".repeat(depth), "</w:txbxContent></w:pict></w:r></w:p>".repeat(depth));
        word(&format!("{open}<w:p><w:r><w:t>x</w:t></w:r></w:p>{close}"))
    };
    assert!(read(&boxes(2), "boxes.docx", None).is_ok());
    assert_eq!(code(&boxes(20), "boxes.docx"), "too-deep");
    let deep = format!("{}x{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
    assert_eq!(code(format!("<html>{deep}").as_bytes(), "deep.html"), "too-deep");
    assert_eq!(code(format!("<html>{}", "<b><p>".repeat(50_000)).as_bytes(), "open.html"), "too-much-markup");
}

#[test]
fn definitions_and_entities_are_refused() {
    let xml = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"&a;&a;\">]>\
               <w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    let file = zipped(&[("[Content_Types].xml", CONTENT_TYPES.as_bytes()), ("word/document.xml", xml.as_bytes())]);
    assert_eq!(code(&file, "entities.docx"), "document-type");
    // One that is used without a definition says nothing.
    let parsed = read(&word("<w:p><w:r><w:t>a&xxe;b</w:t></w:r></w:p>"), "a.docx", None).unwrap();
    assert_eq!(parsed.blocks[0].text, "ab");
}

#[test]
fn other_kinds_of_file_are_told_by_their_content_and_say_what_to_do() {
    let compound = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 512], &wide].concat()
    };
    assert_eq!(code(&compound("EncryptedPackage"), "draft.docx"), "protected");
    assert_eq!(code(&compound("WordDocument"), "draft.docx"), "old-format");
    assert_eq!(code(b"{\\rtf1\\ansi words}", "draft.doc"), "old-format");
    assert_eq!(code(b"%PDF-1.7 words", "draft.docx"), "pdf");
    assert_eq!(code(b"", "draft.docx"), "empty");
    assert_eq!(code(b"only words", "draft.docx"), "damaged");
    assert_eq!(
        code(
            b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11",
            "draft.txt"
        ),
        "not-a-text"
    );
    assert_eq!(code(&zipped(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")]), "list.docx"), "not-a-text");
    assert_eq!(code(&zipped(&[("holiday.jpg", b"x")]), "photos.zip"), "not-a-text");
    let sealed = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"),
        ("content.xml", b"\x9c\x01"),
    ]);
    assert_eq!(code(&sealed, "draft.odt"), "protected");
    assert_eq!(code(&word("<w:p/>"), "empty.docx"), "missing");
    // A right file under a wrong name is read for what it is.
    let parsed = read(&bytes("office-notes.odt"), "notes.docx", None).unwrap();
    assert!(parsed.blocks.iter().any(|block| block.text.starts_with("Caseloads")));
    assert!(read(&bytes("notes.docx"), "notes.md", Some(Format::Markdown)).is_ok());
}

#[test]
fn a_file_that_breaks_off_is_refused() {
    for name in ["contract-clauses.docx", "office-clauses.odt"] {
        let whole = bytes(name);
        for part in 1..10 {
            let cut = &whole[..whole.len() * part / 10];
            assert_eq!(code(cut, name), "damaged", "{name} {part}");
        }
    }
    let xml = "<w:document><w:body><w:p><w:r><w:t>half";
    let file = zipped(&[("[Content_Types].xml", CONTENT_TYPES.as_bytes()), ("word/document.xml", xml.as_bytes())]);
    assert_eq!(code(&file, "half.docx"), "damaged");
}

#[test]
fn contents_that_never_end_take_nothing_with_them() {
    let parsed = read(
        &word(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>Contents</w:t></w:r></w:p><w:p><w:r><w:t>The text.</w:t></w:r></w:p>",
        ),
        "a.docx",
        None,
    );
    assert_eq!(shown(&parsed.unwrap()), [(Paragraph, 0, "Contents"), (Paragraph, 0, "The text.")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn random_bytes_are_taken_or_refused(head in prop::sample::select(vec!["", "PK\u{3}\u{4}", "<html>", "%PD", "{\\rt"]),
                                         rest in prop::collection::vec(any::<u8>(), 0..2_000), name in "[a-z]{1,5}\\.(docx|odt|html|md|txt)") {
        drop(read(&[head.as_bytes(), &rest].concat(), &name, None));
    }

    #[test]
    fn changed_files_are_taken_or_refused(which in 0_usize..6, at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let name = ["tables.docx", "notes.docx", "comments.docx", "office-tables.odt", "office-clauses.odt", "pandoc.html"][which];
        let mut file = bytes(name);
        for (place, byte) in at {
            let place = place.index(file.len());
            file[place] = byte;
        }
        drop(read(&file, name, None));
    }

    #[test]
    fn changed_xml_is_taken_or_refused_and_is_harmless(is_word in any::<bool>(), pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>words</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
        "<w:pPr><w:numPr><w:ilvl w:val=\"99\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>", "<w:del>", "</w:del>", "<w:ins>", "</w:ins>",
        "<w:fldChar w:fldCharType=\"begin\"/>", "<w:fldChar w:fldCharType=\"end\"/>", "<w:instrText>HYPERLINK \"javascript:x\"</w:instrText>",
        "<w:br w:type=\"page\"/>", "<w:commentRangeStart w:id=\"0\"/>", "<w:sym w:font=\"Symbol\" w:char=\"F0B7\"/>", "&lt;script&gt;", "&#x9;",
        "<text:p>", "</text:p>", "<text:list>", "</text:list>", "<text:list-item>", "</text:list-item>", "<text:span>", "</text:span>", "words",
        "<text:h text:outline-level=\"9\">", "</text:h>", "<table:table>", "</table:table>", "<table:table-row>", "</table:table-row>",
        "<table:table-cell>", "</table:table-cell>", "<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>",
        "<text:a xlink:href=\"javascript:x\">", "</text:a>", "<office:annotation office:name=\"1\"><text:p>c</text:p></office:annotation>",
    ]), 0..40)) {
        let body = pieces.concat();
        let file = if is_word { word(&body) } else { open_text(&body) };
        for block in read(&file, "any.docx", None).into_iter().flat_map(|parsed| parsed.blocks) {
            prop_assert!(is_safe_markup(&block.html), "{}", block.html);
        }
    }
}
