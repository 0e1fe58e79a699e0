//! The database is locked, gone or full: her words come back, the log says it once, the server goes on.

use std::fs;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::BigInt;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use crate::support::{Branch, Database, Form, Member, SLUG, Server, Tables, Visitor, both, until};

both!(while_somebody_holds_the_database_her_words_come_back,);

const BY_FORM: &str = "Ruritanian bluebottles & <other> matters.";
const BY_CALL: &str = "Quixotic thistledown.";

/// Two members who have written and not yet sent: one by the page's form, one by a program.
struct Writers {
    branch: Branch,
    visitor: Visitor,
    form: Form,
    caller: Member,
}

impl Writers {
    async fn at(branch: Branch) -> Self {
        let (mut visitor, _) = Member::visits(&branch.server, branch.letter("Early Help", 0)).await;
        let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
        let form = visitor.get(&way).await.shown().form().with("position", "oppose").with("body", BY_FORM);
        let form = form.with("permission", "paraphrase").in_confidence();
        let caller = branch.member("Fostering", 0).await;
        Self { branch, visitor, form, caller }
    }

    /// Both send, and are told that it could not be taken.
    async fn send_in_vain(&mut self) {
        let comment = self.branch.comment("Supervision", "support", BY_CALL);
        let (page, answer) =
            tokio::join!(self.visitor.press(self.form.clone()), self.caller.tries_to_say(SLUG, &comment));
        assert_eq!(page.status, 503, "{}", page.text());
        page.says(BY_FORM);
        let problem = answer.refused(503);
        assert_eq!(problem["type"], "urn:soundings:problem:unavailable", "{problem}");
        assert_eq!(answer.header("retry-after"), "5");

        let log = self.branch.server.log();
        for route in ["/c/{slug}/comment/{place}", "/api/v1/consultations/{slug}/comments"] {
            let errors = log.lines().filter(|line| line.contains("ERROR") && line.contains(route));
            assert_eq!(errors.count(), 1, "one line for {route}:\n{log}");
        }
        for words in ["Ruritanian", "Quixotic"] {
            assert!(!log.contains(words), "her words are in the log:\n{log}");
        }
        assert_eq!(self.branch.server.api(None).get("/openapi.json").await.status, 200, "the server goes on");
    }

    /// The same form and the same call, when the trouble is over; nothing is there twice or by half.
    async fn send_again(&mut self) {
        self.visitor.press(self.form.clone()).await.shown();
        self.caller.says(SLUG, &self.branch.comment("Supervision", "support", BY_CALL)).await;
        let mine = self.visitor.get(&format!("/c/{SLUG}/mine")).await.shown();
        assert_eq!(mine.text().matches(BY_FORM).count(), 1, "{}", mine.text());
        assert_eq!(self.caller.has_said(SLUG).await.len(), 1);
        let tables = Tables::contents(&self.branch.server);
        for (table, rows) in [("comment", 2), ("voice", 2)] {
            assert_eq!(tables[table].lines().count(), rows, "{table}: {}", tables[table]);
        }
    }
}

/// Somebody else's hand on what a comment must be written to, until it is dropped.
enum Hold {
    Sqlite { _file: SqliteConnection },
    Postgres { _line: PgConnection },
}

impl Hold {
    fn of(server: &Server) -> Self {
        let url = server.database_url();
        if let Some(file) = url.strip_prefix("sqlite://") {
            let mut sqlite = SqliteConnection::establish(file).expect("the file is there");
            sqlite.batch_execute("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE").expect("it can be held");
            Self::Sqlite { _file: sqlite }
        } else {
            let mut postgres = PgConnection::establish(&url).expect("the database answers");
            postgres.batch_execute("BEGIN; LOCK TABLE comment IN SHARE MODE").expect("it can be held");
            Self::Postgres { _line: postgres }
        }
    }
}

async fn while_somebody_holds_the_database_her_words_come_back(database: Database) {
    let mut writers = Writers::at(Branch::consulting(database).await).await;
    let hold = Hold::of(&writers.branch.server);
    writers.send_in_vain().await;
    drop(hold);
    writers.send_again().await;
}

/// A limit on the size of its files is to `SQLite` what a full disk is: the write fails half-way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_her_words_come_back() {
    let mut writers = Writers::at(Branch::consulting(Database::Sqlite).await).await;
    let server = &writers.branch.server;
    // The log must still grow by a few lines; the write-ahead log is longer already.
    let limit = server.log().len() as u64 + (32 << 10);
    let ahead = fs::metadata(server.dir().join("soundings.db-wal")).expect("a write-ahead log").len();
    assert!(ahead > limit, "{ahead} bytes are written, {limit} allowed");
    server.files_may_grow_to(&limit.to_string());
    writers.send_in_vain().await;
    writers.branch.server.files_may_grow_to("unlimited");
    writers.send_again().await;
}

#[derive(QueryableByName)]
struct Lines {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The cluster, seen from its maintenance database.
struct Cluster {
    maintenance: PgConnection,
    database: String,
}

impl Cluster {
    fn of(server: &Server) -> Self {
        let url = server.database_url();
        let (cluster, database) = url.rsplit_once('/').expect("an address with a database");
        let maintenance = PgConnection::establish(&format!("{cluster}/postgres")).expect("the cluster answers");
        Self { maintenance, database: database.to_owned() }
    }

    fn lets_in(&mut self, anybody: bool) {
        let statement = format!("ALTER DATABASE {} ALLOW_CONNECTIONS {anybody}", self.database);
        self.maintenance.batch_execute(&statement).expect("the database can be shut and opened");
    }

    /// Cuts every line to the database, and answers how many there were.
    fn cuts(&mut self) -> i64 {
        let query = format!(
            "SELECT count(pg_terminate_backend(pid)) AS count FROM pg_stat_activity WHERE datname = '{}'",
            self.database
        );
        sql_query(query).get_result::<Lines>(&mut self.maintenance).expect("lines can be cut").count
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_gone_her_words_come_back() {
    if !Database::postgres_is_here() {
        return;
    }
    let mut writers = Writers::at(Branch::consulting(Database::Postgres).await).await;
    let mut cluster = Cluster::of(&writers.branch.server);
    cluster.lets_in(false);
    until("every line to be cut", async || (cluster.cuts() == 0).then_some(())).await;
    writers.send_in_vain().await;
    cluster.lets_in(true);
    // The pool asks for the database again in its own time, at most some seconds.
    let ready = writers.branch.server.at("/readyz");
    until("the database to be found again", async || {
        (reqwest::get(&ready).await.is_ok_and(|answer| answer.status() == 200)).then_some(())
    })
    .await;
    writers.send_again().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_notices_that_the_database_was_restarted_in_between() {
    if !Database::postgres_is_here() {
        return;
    }
    let mut writers = Writers::at(Branch::consulting(Database::Postgres).await).await;
    let mut cluster = Cluster::of(&writers.branch.server);
    assert!(cluster.cuts() > 0, "the server had lines to its database");
    writers.send_again().await;
}
