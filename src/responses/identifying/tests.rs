use proptest::prelude::*;

use super::{Kind, Names, find, marked};

fn names() -> Names {
    Names::of("Zoë Ashworth\nO'Brien\nMünch\n\n", "Will Marlowe")
}

/// The words found with their kinds, as "kind: words".
fn seen(text: &str) -> Vec<String> {
    find(text, &names()).into_iter().map(|one| format!("{}: {}", one.kind, &text[one.at])).collect()
}

#[test]
fn what_points_to_somebody_is_found() {
    for (text, expected) in [
        ("Write to asha.verma@example.org, please.", "mail: asha.verma@example.org"),
        ("(a+b@sub.example.co.uk)", "mail: a+b@sub.example.co.uk"),
        ("Call me on 07700 900123 after five.", "phone: 07700 900123"),
        ("Call 020 7946 0000.", "phone: 020 7946 0000"),
        ("Call (01632) 960 123.", "phone: (01632) 960 123"),
        ("Call +44 (0)20 7946 0000!", "phone: +44 (0)20 7946 0000"),
        ("Call +49 30 901820", "phone: +49 30 901820"),
        ("Call 0049-30-901820", "phone: 0049-30-901820"),
        ("Call 555-010-9999 now", "phone: 555-010-9999"),
        ("I am on ext. 4021 most days", "phone: 4021"),
        ("My staff number is 48213.", "number: 48213"),
        ("membership no. UN-20451", "number: UN-20451"),
        ("That is 204518 again", "number: 204518"),
        ("I am E123456.", "number: E123456"),
        ("QQ 12 34 56 C is mine", "national_insurance: QQ 12 34 56 C"),
        ("ab123456d", "national_insurance: ab123456d"),
        ("I live in SW1A 1AA.", "postcode: SW1A 1AA"),
        ("near m1 1ae", "postcode: m1 1ae"),
        ("LS14AP", "postcode: LS14AP"),
        ("K1A 0B1", "postcode: K1A 0B1"),
        ("Springfield, IL 62704", "postcode: IL 62704"),
        ("Hauptstr. 5, 10115 Berlin", "postcode: 10115"),
        ("since 22/11/2026 it is worse", "date: 22/11/2026"),
        ("on 3/4/26", "date: 3/4/26"),
        ("on 2026-11-22", "date: 2026-11-22"),
        ("on 22.11.2026.", "date: 22.11.2026"),
        ("On 12 March we met", "date: 12 March"),
        ("the 12th of march 2026", "date: 12th of march 2026"),
        ("March 12th, 2026", "date: March 12th, 2026"),
        ("on 3 Sept.", "date: 3 Sept"),
        ("Tuesday at 3 pm we met", "date: Tuesday at 3 pm"),
        ("on tuesday 15:30", "date: tuesday 15:30"),
        ("Friday morning at 9.30am", "date: Friday morning at 9.30am"),
        ("see https://example.org/people/7", "web: https://example.org/people/7"),
        ("see www.example.org", "web: www.example.org"),
        ("linkedin.com/in/somebody", "web: linkedin.com/in/somebody"),
        ("I am @jo_bell there", "web: @jo_bell"),
        ("ask zoe ashworth", "name: zoe ashworth"),
        ("It is ZOË ASHWORTH’s idea", "name: ZOË ASHWORTH"),
        ("O’Brien's rota", "name: O’Brien"),
        ("munch knows", "name: munch"),
        ("I, will marlowe, say so", "name: will marlowe"),
        ("Ask Marlowe.", "name: Marlowe"),
    ] {
        assert_eq!(seen(text), [expected], "{text}");
    }
}

#[test]
fn ordinary_words_raise_no_alarm() {
    for text in [
        "4.2 and 4.2.1 and 12.1 say 3 posts, not 5.",
        "See clause 4.2.26, or 1.10.2.",
        "In 2026 HR cut 3,000,000 hours; since 1998/99 it was 12%.",
        "£250,000 or £1250000 or 250000 pounds, 99.5 %, 0.123456789",
        "from 2019 to 2026-27, 10-15 people, 1 2 3 4 5 6 7 8 9 10",
        "Bands 3-5, grades G7 and H4, form S188, TULRCA 1992, COVID-19, B12",
        "3 may apply; in March 3 posts go; we march 3 times; May I? They may 5 times.",
        "In March 2027 and by May, on Monday morning, every Tuesday, next Friday.",
        "Band c4 3rd point, T1 2nd floor, at 5pm, a1 5pm, 1st, 22nd",
        "We will go. Will they stay? I will.",
        "and/or, e.g. this, i.e. that, etc. End.This is one.Word",
        "an @ sign, a@b, 50 @ 3, 5*4, C++ and 1/2 and 3/4",
        "500 people of 12000 staff, 45 of 88 teams, 1,204 members, 24/7",
        "zoetrope and munching, Marlowes",
        "15:30 and 9am are fine, 7 days, 37.5 hours, 08:30-16:30",
        "0800 is early; 1000-2000 cases; 2030 targets",
    ] {
        assert_eq!(seen(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_are_whole_words_only() {
    assert!(seen("The Ashworth review by Zoë.").is_empty(), "a name of two words is found as two words");
    assert_eq!(seen("Münchner").len(), 0);
}

proptest! {
    #[test]
    fn pieces_are_the_text(text in "(?s).{0,200}") {
        let pieces = marked(&text, &find(&text, &names()));
        prop_assert_eq!(pieces.iter().map(|(words, _)| *words).collect::<String>(), text.as_str());
        prop_assert!(pieces.iter().all(|(words, _)| !words.is_empty()));
    }

    #[test]
    fn nothing_typed_breaks_it(text in "[0-9 +().@/:a-zA-Z’'\\-]{0,120}") {
        let found = find(&text, &names());
        prop_assert!(found.windows(2).all(|two| two[0].at.end <= two[1].at.start));
        prop_assert!(found.iter().all(|one| text.get(one.at.clone()).is_some_and(|words| !words.trim().is_empty())));
    }

    #[test]
    fn an_address_is_found_wherever_it_stands(
        before in "[a-z ,.]{0,40}", local in "[a-z][a-z0-9.]{0,8}[a-z0-9]", host in "[a-z]{2,10}", after in "([.]|[ ,;)][a-z ]{0,30}|[.] [a-z ]{0,30})"
    ) {
        let address = format!("{local}@{host}.org");
        let text = format!("{before} {address}{after}");
        let found = find(&text, &Names::default());
        prop_assert!(found.iter().any(|one| one.kind == Kind::Mail && text[one.at.clone()] == address), "{text}: {found:?}");
    }

    #[test]
    fn a_mobile_number_is_found_however_it_is_grouped(figures in "[0-9]{9}", cuts in proptest::collection::vec(4_usize..9, 0..2), between in "[ .-]") {
        let mut number = format!("07{figures}");
        let mut cuts = cuts;
        cuts.sort_unstable_by(|one, two| two.cmp(one));
        cuts.dedup();
        for cut in cuts {
            number.insert_str(cut, &between);
        }
        let text = format!("Call {number}, please");
        let found = find(&text, &Names::default());
        prop_assert!(found.iter().any(|one| one.kind == Kind::Phone && text[one.at.clone()] == number), "{text}: {found:?}");
    }

    #[test]
    fn clauses_and_small_figures_are_nobody(one in 1_u32..40, two in 1_u32..40, count in 1_u32..99_999) {
        let text = format!("Clause {one}.{two} and {one}.{two}.{one} mean {count} posts and {two} %.");
        prop_assert!(find(&text, &Names::default()).is_empty(), "{text}");
    }
}
