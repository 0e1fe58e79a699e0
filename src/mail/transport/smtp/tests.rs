//! Conversations with servers that refuse, stall, hang up and talk nonsense, at every step.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tokio::sync::mpsc;

use super::testing::{Act, Sink, smtp};
use super::*;
use crate::ids::Id;
use crate::mail::transport::{Phase, Transport};

const FOUR: Act = Act::Say("451 4.3.0 later\r\n");
const BYE: Act = Act::Say("421 4.3.2 bye\r\n");
const FIVE: Act = Act::Say("550 5.1.1 <ann@home.example> no\r\n");
const NONSENSE: Act = Act::Say("so long and thanks\r\n");

fn message(n: u8) -> Outgoing {
    let bytes = format!("Subject: {n}\r\n\r\n.a line with a dot\r\n..and two\r\nend {n}\r\n").into_bytes();
    let (from, to) = ("mail@branch.example".to_owned(), format!("m{n}@home.example"));
    Outgoing { id: Id::from_bytes([n; 16]), from, to, bytes }
}

/// Hands messages over; what became of each, and what shut the way.
async fn handed(smtp: Smtp, messages: Vec<Outgoing>, may: bool) -> (Vec<(Id, End)>, Vec<String>) {
    let transport = Transport::Smtp(Arc::new(smtp));
    let (queue, waiting) = mpsc::channel(messages.len());
    for message in messages {
        queue.send(message).await.unwrap();
    }
    drop(queue);
    let (tell, mut notes) = mpsc::channel(8);
    let (mut ends, mut shut) = (Vec::new(), Vec::new());
    let is_shut = AtomicBool::new(false);
    let listening = async {
        while let Some(note) = notes.recv().await {
            match note {
                Note::Going { may: answer, .. } => answer.send(may).unwrap(),
                Note::Ended { id, end } => ends.push((id, end)),
                Note::Shut(trouble) => shut.push(trouble),
            }
        }
    };
    tokio::join!(transport.send(waiting, tell, &is_shut), listening);
    transport.rest().await;
    (ends, shut)
}

/// What became of it, in one word.
fn word(end: &End) -> &'static str {
    match end {
        End::Sent => "sent",
        End::Broken(broken) if broken.permanent => "failed",
        End::Broken(_) => "retry",
        End::Uncertain(_) => "uncertain",
        End::Returned => "returned",
        End::TakenOver => "taken over",
    }
}

/// Short for the step that is to fail and long for all others, so that a busy machine fails none.
fn patience_at(phase: Phase, act: Act) -> Patience {
    let long = Duration::from_mins(2);
    let is_quiet = matches!(act, Act::Stall) || act_goes_on(act);
    let at = |one: Phase| if one == phase && is_quiet { Duration::from_millis(60) } else { long };
    let is_command = matches!(phase, Phase::Hello | Phase::StartTls | Phase::SignIn | Phase::Sender | Phase::Recipient);
    Patience {
        connect: long,
        greeting: at(Phase::Greeting),
        command: if is_command && is_quiet { Duration::from_secs(1) } else { long },
        data: at(Phase::Data),
        block: at(Phase::Body),
        end: at(Phase::End),
        quit: long,
    }
}

/// A reply whose last line never comes.
fn act_goes_on(act: Act) -> bool {
    matches!(act, Act::Say(line) if line.get(3..4) == Some("-"))
}

#[tokio::test]
async fn each_trouble_at_each_step_has_its_promised_end() {
    use Phase::{Body, Data, End, Greeting, Hello, Recipient, Sender, SignIn};
    let table = [
        (Greeting, [(FOUR, "retry, shut"), (BYE, "retry, shut"), (FIVE, "returned, shut"), (NONSENSE, "retry, shut")]),
        (Hello, [(FOUR, "retry, shut"), (BYE, "retry, shut"), (FIVE, "returned, shut"), (NONSENSE, "retry, shut")]),
        (SignIn, [(FOUR, "retry, shut"), (BYE, "retry, shut"), (FIVE, "returned, shut"), (NONSENSE, "retry, shut")]),
        (Sender, [(FOUR, "retry"), (BYE, "retry"), (FIVE, "returned, shut"), (NONSENSE, "retry")]),
        (Recipient, [(FOUR, "retry"), (BYE, "retry"), (FIVE, "failed"), (NONSENSE, "retry")]),
        (Data, [(FOUR, "retry"), (BYE, "retry"), (FIVE, "failed"), (NONSENSE, "retry")]),
        (End, [(FOUR, "retry"), (BYE, "retry"), (FIVE, "failed"), (NONSENSE, "uncertain")]),
    ];
    let silent = |phase| match phase {
        Greeting | Hello | SignIn => "retry, shut",
        End => "uncertain",
        _ => "retry",
    };
    let cases = table.into_iter().flat_map(|(phase, spoken)| {
        let quiet = [(Act::Stall, silent(phase)), (Act::HangUp, silent(phase))];
        spoken.into_iter().chain(quiet).map(move |(act, promised)| (phase, act, promised))
    });
    let during = [(Body, Act::Stall, "retry"), (Body, Act::HangUp, "retry")];
    let wants = [
        (Recipient, Act::Say("530 5.7.0 sign in\r\n"), "returned, shut"),
        (Recipient, Act::Say("554 5.7.1 rules\r\n"), "failed"),
        (Sender, Act::Say("250-so it goes on\r\n"), "retry"),
    ];
    for (phase, act, promised) in cases.chain(during).chain(wants) {
        let sink = Sink::new().await.signing_in("PLAIN").at(phase, act).listens();
        let mut one = message(1);
        if phase == Body {
            // More than the network takes while nobody reads.
            one.bytes = b"line after line after line\r\n".repeat(700_000);
        }
        let (ends, shut) = handed(smtp(&sink.settings(), patience_at(phase, act)), vec![one], true).await;
        let told = format!("{}{}", word(&ends[0].1), if shut.is_empty() { "" } else { ", shut" });
        assert_eq!(told, promised, "{act:?} at {phase}: {ends:?} {shut:?}");
        assert_eq!(ends.len(), 1);
        assert_eq!(sink.messages().len(), usize::from(phase == End), "{act:?} at {phase}");
        let said = format!("{ends:?} {shut:?}");
        assert!(!said.contains("home.example") && !said.contains("hunter2"), "{said}");
    }
}

#[tokio::test]
async fn nobody_there_and_no_such_name_shut_the_way_for_now() {
    let sink = Sink::new().await;
    let mut to = sink.settings();
    drop(sink);
    for (host, words) in
        [("127.0.0.1", "Nothing answers at 127.0.0.1"), ("nowhere.invalid", "nowhere.invalid is not known")]
    {
        host.clone_into(&mut to.host);
        let (ends, shut) = handed(smtp(&to, Patience::default()), vec![message(1), message(2)], true).await;
        let told: Vec<_> = ends.iter().map(|(_, end)| word(end)).collect();
        assert_eq!(told, ["retry", "returned"], "only the message at hand was tried");
        assert!(shut.len() == 1 && shut[0].replace(['\u{2068}', '\u{2069}'], "").contains(words), "{shut:?}");
    }
}

#[tokio::test]
async fn nothing_goes_before_it_is_written_down() {
    let sink = Sink::new().await.listens();
    let (ends, shut) = handed(smtp(&sink.settings(), Patience::default()), vec![message(1)], false).await;
    assert_eq!((word(&ends[0].1), shut.len(), sink.messages().len()), ("taken over", 0, 0));
    assert!(sink.commands().contains(&"DATA".to_owned()), "it had come so far");
}

#[tokio::test]
async fn what_arrives_is_what_was_written() {
    let sink = Sink::new().await.listens();
    let mut raw = message(1);
    raw.bytes.extend_from_slice("grüße\r\n.\r\n".as_bytes());
    let sent = raw.bytes.clone();
    let (ends, _) = handed(smtp(&sink.settings(), Patience::default()), vec![raw], true).await;
    assert_eq!(word(&ends[0].1), "sent");
    assert_eq!(sink.messages()[0].trim_end(), String::from_utf8(sent).unwrap().trim_end());
    assert!(sink.commands().iter().any(|line| line == "MAIL FROM:<mail@branch.example> BODY=8BITMIME"));
    assert_eq!(sink.commands()[0], "EHLO say.example.org");

    let mut stranger = message(2);
    stranger.to = "żółw@home.example".to_owned();
    let (ends, shut) = handed(smtp(&sink.settings(), Patience::default()), vec![stranger, message(3)], true).await;
    assert_eq!((word(&ends[0].1), word(&ends[1].1), shut.len()), ("failed", "sent", 0), "{ends:?}");
}

#[tokio::test]
async fn a_line_carries_a_hundred_messages_and_is_reset_after_errors_only() {
    let sink = Sink::new().await.at_time(Phase::Recipient, FIVE, 3, 1).listens();
    let messages = (0..250).map(message).collect();
    let (ends, _) = handed(smtp(&sink.settings(), Patience::default()), messages, true).await;
    let failed = ends.iter().filter(|(_, end)| word(end) == "failed").count();
    assert_eq!((ends.len(), failed, sink.messages().len(), sink.lines()), (250, 1, 249, 3));
    let count = |verb: &str| sink.commands().iter().filter(|line| line.starts_with(verb)).count();
    assert_eq!((count("RSET"), count("QUIT")), (1, 3));
}

#[tokio::test]
async fn a_line_that_was_closed_while_it_lay_idle_costs_no_try() {
    for act in [BYE, Act::HangUp] {
        let sink = Sink::new().await.at_time(Phase::Sender, act, 2, 1).listens();
        let messages = (0..5).map(message).collect();
        let (ends, shut) = handed(smtp(&sink.settings(), Patience::default()), messages, true).await;
        assert!(ends.iter().all(|(_, end)| *end == End::Sent) && shut.is_empty(), "{ends:?}");
        assert_eq!((sink.messages().len(), sink.lines()), (5, 2));
    }
}

#[tokio::test]
async fn mail_and_password_travel_sealed() {
    let dir = tempfile::tempdir().unwrap();
    for (is_wrapped, ways) in [(true, "PLAIN LOGIN"), (false, "PLAIN"), (false, "LOGIN")] {
        let sink = Sink::new().await.sealed(dir.path(), "localhost", is_wrapped).signing_in(ways).listens();
        let server = smtp(&sink.settings(), Patience::default());
        assert_eq!(server.probe().await, Ok(Probed { is_sealed: true, has_signed_in: true }));
        assert!(sink.messages().is_empty(), "a probe sends nothing");
        let (ends, _) = handed(server, vec![message(1)], true).await;
        assert_eq!(word(&ends[0].1), "sent");
        let commands = sink.commands();
        let sign_in = commands.iter().position(|line| line.starts_with("AUTH")).unwrap();
        let sealed = commands.iter().position(|line| line == "STARTTLS");
        assert!(is_wrapped || sealed.unwrap() < sign_in, "{commands:?}");
    }
}

#[tokio::test]
async fn a_server_that_cannot_be_trusted_gets_neither_mail_nor_password() {
    let dir = tempfile::tempdir().unwrap();
    let sealed = |name: &'static str, is_wrapped: bool| {
        let dir = dir.path().to_owned();
        async move { Sink::new().await.sealed(&dir, name, is_wrapped).signing_in("PLAIN") }
    };
    let slipped_in = Act::Say("220 go on\r\n250 AUTH PLAIN\r\n");
    for (sink, knows_authority, words) in [
        (sealed("localhost", true).await, false, "not trusted"),
        (sealed("localhost", false).await, false, "not trusted"),
        (sealed("mail.other.example", true).await, true, "for another name"),
        (sealed("mail.other.example", false).await, true, "for another name"),
        (sealed("localhost", false).await.without_tls(), true, "offers no TLS"),
        (sealed("localhost", false).await.at(Phase::StartTls, FIVE), true, "does not want to talk"),
        (sealed("localhost", false).await.at(Phase::StartTls, slipped_in), true, "TLS with the mail server did not"),
    ] {
        let sink = sink.listens();
        let mut to = sink.settings();
        to.ca_file = to.ca_file.filter(|_| knows_authority);
        let server = smtp(&to, Patience::default());
        let told = server.probe().await.unwrap_err();
        assert!(told.contains(words), "{told}");
        let (ends, shut) = handed(server, vec![message(1)], true).await;
        assert_eq!((word(&ends[0].1), shut.len()), ("returned", 1), "{shut:?}");
        assert!(sink.messages().is_empty());
        assert!(!sink.commands().iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")));
    }
}

#[tokio::test]
async fn a_password_that_is_refused_is_told_without_it() {
    let refusal = Act::Say("535 5.7.8 ann hunter2 is wrong\r\n");
    for (sink, words) in [
        (Sink::new().await.signing_in("PLAIN").at(Phase::SignIn, refusal), "refuses user name or password"),
        (Sink::new().await.signing_in("CRAM-MD5"), "no way to sign in"),
    ] {
        let sink = sink.listens();
        let told = smtp(&sink.settings(), Patience::default()).probe().await.unwrap_err();
        assert!(told.contains(words) && !told.contains("hunter2"), "{told}");
    }
}

#[test]
fn an_authority_that_is_none_stops_the_start_with_its_key() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("authority.pem");
    std::fs::write(&file, "no certificate").unwrap();
    for ca_file in [file, dir.path().join("missing.pem")] {
        let to = settings::Smtp {
            host: "mail.example.org".to_owned(),
            port: 587,
            tls: settings::Tls::StartTls,
            user: None,
            connections: 1,
            per_second: 0,
            ca_file: Some(ca_file),
        };
        let words = Arc::new(Words::load().unwrap());
        let told = Smtp::new(&to, "say.example.org", words, Patience::default()).err().unwrap().to_string();
        assert!(told.starts_with("mail.ca_file"), "{told}");
    }
}

#[test]
fn it_calls_itself_by_a_name_that_servers_take() {
    for (host, said) in [("say.example.org", "say.example.org"), ("127.0.0.1", "[127.0.0.1]"), ("[", "[127.0.0.1]")] {
        assert_eq!(hello(host).to_string(), said);
    }
}
