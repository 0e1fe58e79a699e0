//! The limits the program holds, each measured in one run on one machine:
//! `cargo bench --bench limits`, or only some of them:
//! `cargo bench --bench limits -- page long door comment invitations address csv xlsx reading desks import start`.
//!
//! Prints a table and always ends well: a figure is for people to judge, since nobody knows what
//! else the machine was doing. Whatever can be is a ratio of two things measured in turns.

mod load;

use load::Measured;
use load::stage::Stage;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if let [verb, bytes] = arguments.as_slice()
        && verb == load::bare::VERB
    {
        load::bare::serve(bytes.parse().expect("a number of bytes"));
        return;
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let table = runtime.block_on(measure(wanted));
    print(&table);
}

async fn measure(wanted: impl Fn(&str) -> bool) -> Vec<Measured> {
    let mut table = Vec::new();
    if wanted("page") {
        table.push(load::page::measure().await);
    }
    if wanted("long") {
        table.extend(load::long::measure().await);
    }
    if wanted("door") {
        table.extend(load::door::measure().await);
    }
    if wanted("comment") {
        table.push(load::comments::measure().await);
    }
    if wanted("invitations") {
        table.push(load::invitations::measure().await);
    }
    if wanted("address") {
        table.push(load::one_address::measure().await);
    }
    if ["csv", "xlsx", "reading", "desks", "import", "start"].iter().any(|name| wanted(name)) {
        let stage = Stage::with_comments(load::export::COMMENTS).await;
        if wanted("csv") {
            table.extend(load::export::csv(&stage));
        }
        if wanted("xlsx") {
            table.extend(load::export::xlsx(&stage));
        }
        if wanted("reading") {
            table.push(load::reading::measure(&stage).await);
        }
        if wanted("start") {
            table.push(load::start::measure(&stage));
        }
        if wanted("desks") || wanted("import") {
            table.extend(load::desks::measure(&stage, wanted("desks"), wanted("import")).await);
        }
    }
    table
}

fn print(table: &[Measured]) {
    println!("\n| limit | wanted | measured | holds |\n|---|---|---|---|");
    for Measured { limit, wanted, figure, holds, .. } in table {
        let holds = match holds {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "–",
        };
        println!("| {limit} | {wanted} | {figure} | {holds} |");
    }
    println!();
    for note in table.iter().flat_map(|measured| &measured.notes) {
        println!("* {note}");
    }
}
