//! Single functions, without server and database: `cargo bench --bench functions`.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use soundings::assets::Assets;
use soundings::collation::{Row, export};
use soundings::drafts::anchor::{anchor, selector};
use soundings::drafts::pair::Likeness;
use soundings::drafts::{Base, Block, Format, compare, import, version};
use soundings::ids::{Chance, Id};
use soundings::people::import as people;
use soundings::render::Renderer;
use soundings::web::view::{BlockView, Page, ReadPage};
use soundings::words::{Language, Words};

const DRAFT: &str = include_str!("../src/demo/draft.md");
const EMPLOYERS: &str = include_str!("../src/demo/employer.md");
const LETTER: &str = include_str!("../src/demo/letter.md");

criterion_group!(functions, drafts, import_text, align, anchors, compared, pairs, page, csv, members);
criterion_main!(functions);

/// Markdown to numbered blocks: as a first version, and as one that is laid beside the version before.
fn drafts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draft");
    for (name, times) in [("example", 1), ("ten times the example", 10)] {
        let text = DRAFT.repeat(times);
        let base = Base::on(Id::from_bytes([0; 16]), prepared(&Base::default(), &text));
        // Every tenth paragraph says something else, so that there is something to find.
        let next: Vec<String> = text
            .split("\n\n")
            .enumerate()
            .map(|(n, part)| if n % 10 == 5 { format!("{part} This is new.") } else { part.to_owned() })
            .collect();
        let next = next.join("\n\n");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("{name}: import and number"), |bencher| {
            bencher.iter(|| prepared(&Base::default(), black_box(&text)));
        });
        group.bench_function(format!("{name}: import, number and align"), |bencher| {
            bencher.iter(|| prepared(black_box(&base), black_box(&next)));
        });
    }
    group.finish();
}

fn prepared(base: &Base, text: &str) -> Vec<Block> {
    let parsed = import::parse(Format::Markdown, text).expect("the example is good Markdown");
    version::prepare(base, parsed, &Chance::seeded(1)).blocks
}

/// A text of 3,000 blocks like those of a long draft, and the same after heavy editing.
fn long_draft() -> (String, String) {
    let words: Vec<&str> = DRAFT.split_whitespace().collect();
    let passage = |n: usize| {
        let length = 20 + n % 60;
        let said: Vec<&str> = (0..length).map(|at| words[(n * 7_919 + at * (1 + n % 13)) % words.len()]).collect();
        said.join(" ").replace(['#', '|', '*'], "")
    };
    let mut before = Vec::new();
    let mut after = Vec::new();
    for n in 0..3_000 {
        let text = if n % 15 == 0 {
            format!("## Part {} about {}", n / 15, words[n % words.len()].replace(['#', '|', '*'], ""))
        } else if n % 15 == 14 {
            "This part is offered as a whole and falls if any paragraph of it is refused.".to_owned()
        } else {
            format!("P{}", passage(n))
        };
        match n % 10 {
            3 => after.push(text.replacen(" the ", " every ", 2) + " Except at night."),
            5 => {}
            7 => after.extend([format!("New: {}", passage(n + 9_000)), text.clone()]),
            _ => after.push(text.clone()),
        }
        before.push(text);
    }
    let moved = after.split_off(after.len() - 300);
    after.splice(150..150, moved);
    (before.join("\n\n"), after.join("\n\n"))
}

/// Two versions of 3,000 blocks; every paragraph reworded at worst. Goal: 2 s.
fn align(criterion: &mut Criterion) {
    let (before, after) = long_draft();
    let base = Base::on(Id::from_bytes([0; 16]), prepared(&Base::default(), &before));
    let reworded = before.replace(" a ", " some ").replace(" of ", " from ").replace('P', "Q");
    let mut group = criterion.benchmark_group("align 3,000 blocks");
    group.sample_size(10);
    for (name, text) in [("edited heavily", &after), ("every block reworded", &reworded)] {
        let parsed = import::parse(Format::Markdown, text).expect("good Markdown");
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || parsed.clone(),
                |parsed| version::prepare(black_box(&base), parsed, &Chance::seeded(1)),
                criterion::BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

/// 20,000 quotes, half of them on passages that were reworded.
fn anchors(criterion: &mut Criterion) {
    let (before, _) = long_draft();
    let texts: Vec<String> = prepared(&Base::default(), &before).into_iter().map(|block| block.text).collect();
    let quotes: Vec<_> = (0..20_000)
        .map(|n| {
            let text = &texts[n % texts.len()];
            let length = text.chars().count();
            let start = (n * 31) % (length / 2);
            let quote = selector(text, start, (start + 10 + n % 80).min(length)).expect("it is in the text");
            (if n % 2 == 0 { text.clone() } else { text.replace(" a ", " some ").replace(" of ", " from ") }, quote)
        })
        .collect();
    let mut group = criterion.benchmark_group("anchor");
    group.sample_size(10).throughput(Throughput::Elements(20_000));
    group.bench_function("20,000 quotes", |bencher| {
        bencher.iter(|| quotes.iter().filter(|(text, quote)| anchor(black_box(text), quote).is_some()).count());
    });
    group.finish();
}

/// A whole version of 3,000 blocks beside another, word by word. Goal: 1 s.
fn compared(criterion: &mut Criterion) {
    let (before, _) = long_draft();
    let texts: Vec<String> = prepared(&Base::default(), &before).into_iter().map(|block| block.text).collect();
    let pairs: Vec<(String, String)> =
        texts.into_iter().map(|text| (text.replace(" a ", " some ").replace(" the ", " "), text)).collect();
    let mut group = criterion.benchmark_group("compare");
    group.sample_size(10).throughput(Throughput::Elements(3_000));
    group.bench_function("3,000 blocks word by word", |bencher| {
        bencher.iter(|| pairs.iter().map(|(was, is)| compare::words(black_box(was), is).len()).sum::<usize>());
    });
    group.finish();
}

/// Two texts of 3,000 passages, laid beside each other.
fn pairs(criterion: &mut Criterion) {
    let [ours, theirs] = [DRAFT, EMPLOYERS].map(|text| {
        let mut blocks = prepared(&Base::default(), text);
        let own = blocks.len();
        for place in own..3_000 {
            let again = blocks[place % own].clone();
            let text = format!("{} In area {}.", again.text, place / own);
            blocks.push(Block { key: format!("k{place}"), text, ..again });
        }
        blocks
    });
    let mut group = criterion.benchmark_group("pairs");
    group.sample_size(10);
    group.bench_function("3,000 passages with 3,000", |bencher| {
        bencher.iter(|| Likeness::of(black_box(&ours), black_box(&theirs)).pairs(|_| false).len());
    });
    group.finish();
}

/// A Word file of 200 pages (3,000 blocks) to a preview; at most 3 s.
fn import_text(criterion: &mut Criterion) {
    let file = word_file(3_000);
    let mut group = criterion.benchmark_group("import_text");
    group.sample_size(10).throughput(Throughput::Bytes(file.len() as u64));
    group.bench_function("3,000 blocks of Word: read, number and give keys", |bencher| {
        bencher.iter(|| {
            let parsed = import::read(black_box(&file), "draft.docx", None).expect("a good file");
            version::prepare(&Base::default(), parsed, &Chance::seeded(1))
        });
    });
    group.finish();
}

fn word_file(blocks: usize) -> Vec<u8> {
    let mut body = String::new();
    for block in 0..blocks {
        let style = if block % 20 == 0 { "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" } else { "" };
        body.extend([
            "<w:p>",
            style,
            "<w:r><w:t xml:space=\"preserve\">Passage ",
            &block.to_string(),
            ": we propose three senior posts, </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>not five</w:t></w:r><w:r><w:t \
             xml:space=\"preserve\">, and that no post is left vacant for more than eight weeks, in any team of the service, \
             from April onwards.</w:t></w:r></w:p>",
        ]);
    }
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", xml.as_str())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        std::io::Write::write_all(&mut zip, part.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// What a published version costs once, before it is served from memory.
fn page(criterion: &mut Criterion) {
    let words = Arc::new(Words::load().expect("the messages parse"));
    let renderer = Renderer::load(words, Arc::new(Assets::load())).expect("the templates parse");
    let mut blocks: Vec<BlockView> = prepared(&Base::default(), DRAFT)
        .into_iter()
        .map(|block| BlockView {
            key: block.key,
            number: block.number,
            kind: block.kind.as_str(),
            level: u8::try_from(block.level).unwrap_or_default(),
            html: block.html,
            ..BlockView::default()
        })
        .collect();
    BlockView::join_lists(&mut blocks);
    let view = ReadPage {
        page: Page { home_url: "/".to_owned(), who_sees_url: "/who-sees".to_owned(), ..Page::default() },
        title: "Closer to Families".to_owned(),
        version: 1,
        published_words: "Monday 23 November".to_owned(),
        letter_html: format!("<p>{LETTER}</p>"),
        blocks,
        ..ReadPage::default()
    };
    criterion.bench_function("reading page: render", |bencher| {
        bencher.iter(|| renderer.render("member/read.html", Language::English, black_box(&view)).expect("it fits"));
    });
}

/// Ten thousand rows that are in memory already, to a file in memory.
fn csv(criterion: &mut Criterion) {
    let row: Row = serde_json::from_value(serde_json::json!({
        "reference": "4F7K2M9QXA", "consultation": "closer-to-families", "document": "Closer to Families",
        "version": 1, "block_key": "k7q2m", "block_number": "4.2",
        "block_text": "There is one voice for safeguarding, and it answers to the director. ".repeat(4),
        "status_in_current_version": "unchanged", "quote": null, "position": "support_if",
        "condition": "Only if casework stays with the teams.",
        "comment": "We have had three managers in two years, and \"joined up\" was what each of them said.\n".repeat(3),
        "new_wording": "", "permission": "paraphrase", "label": "Early Help", "themes": [], "template_group": null,
        "source": "web", "late": false, "release": 1, "cut_off": "2026-12-04", "name": null,
    }))
    .expect("a row as it is kept");
    let rows = vec![row; 10_000];
    let mut group = criterion.benchmark_group("csv");
    group.throughput(Throughput::Elements(10_000));
    group.sample_size(20);
    group.bench_function("10,000 rows in memory", |bencher| {
        let mut file = Vec::new();
        bencher.iter(|| {
            file.clear();
            export::write_csv(rows.iter().cloned().map(Ok), &[], &mut file).expect("memory does not fail");
            file.len()
        });
    });
    group.finish();
}

/// A list of 20,000 members in 200 teams, one of them misspelt, as a workbook and as text: read,
/// understood, compared with nobody. Goal: 3 s with the database's part.
fn members(criterion: &mut Criterion) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["First name", "Surname", "E-mail", "Department", "Team"]).expect("it fits");
    for row in 1..=20_000_u32 {
        let team = if row == 1 { "Fosterring 1".to_owned() } else { format!("Fostering {}", row % 200) };
        let cells =
            [format!("Ana{row}"), "Berg".to_owned(), format!("ana{row}@example.org"), "Social Care".to_owned(), team];
        sheet.write_row(row, 0, cells).expect("it fits");
    }
    let workbook = book.save_to_buffer().expect("a workbook in memory");
    let text = people::read(&workbook, None).expect("it is a list").text;
    let mut group = criterion.benchmark_group("import preview 20,000 rows");
    group.sample_size(10);
    for (name, bytes) in [("XLSX", &workbook[..]), ("text", text.as_bytes())] {
        group.throughput(Throughput::Elements(20_000));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let table = people::read(black_box(bytes), None).expect("it is a list");
                let reading = people::guess(&table).reading(&table);
                let plan = people::plan(&[], Vec::new(), reading, &BTreeMap::new());
                assert_eq!(plan.outcome.created, 19_999, "the misspelt row waits");
            });
        });
    }
    group.finish();
}
