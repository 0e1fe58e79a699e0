//! A browser window, with the few things a person does in it and the checks
//! that every page must pass.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use fantoccini::cookies::Cookie;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::support::{brought, until};

/// How a window is set up, and how whoever sits before it works.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Setup {
    pub width: u32,
    pub javascript: bool,
    pub dark: bool,
    /// Everything by Tab, arrows, Space and Enter; the mouse is never touched.
    pub keyboard: bool,
    /// The system's few colours in place of the page's own (forced colours).
    pub forced: bool,
}

impl Setup {
    pub const fn of(width: u32) -> Self {
        Self { width, javascript: true, dark: false, keyboard: false, forced: false }
    }

    pub const fn without_javascript(self) -> Self {
        Self { javascript: false, ..self }
    }

    pub const fn in_the_dark(self) -> Self {
        Self { dark: true, ..self }
    }

    pub const fn by_keyboard(self) -> Self {
        Self { keyboard: true, ..self }
    }

    pub const fn in_forced_colours(self) -> Self {
        Self { forced: true, ..self }
    }

    fn name(self) -> String {
        let script = if self.javascript { "js" } else { "plain" };
        let dark = if self.dark { "-dark" } else { "" };
        let forced = if self.forced { "-forced" } else { "" };
        format!("{}-{script}{dark}{forced}", self.width)
    }
}

pub struct Window {
    client: Client,
    setup: Setup,
    base: String,
    /// States already looked at, so that a journey cannot look at one twice under one name.
    seen: Mutex<BTreeSet<String>>,
    /// What was wrong with pages looked at; told as it is found, and all of it when the window closes.
    faults: Mutex<Vec<String>>,
    /// Buttons and links pressed, fields filled in, cards and files chosen.
    actions: AtomicUsize,
}

impl Window {
    /// `None` only where the caller left the browser out, and never under CI.
    pub async fn open(base: &str, setup: Setup) -> Option<Self> {
        let webdriver = brought("SOUNDINGS_TEST_WEBDRIVER")?;
        let mut arguments = vec![
            "--headless=new",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
        ];
        // Chromium's sandbox will not run as root, and tests often do.
        if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
            arguments.push("--no-sandbox");
        }
        let mut options = json!({
            "args": arguments,
            // A phone's width is narrower than any window may be.
            "mobileEmulation": { "deviceMetrics": { "width": setup.width, "height": 900, "pixelRatio": 1, "mobile": false, "touch": false } },
        });
        if !setup.javascript {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let Value::Object(capabilities) = json!({ "browserName": "chrome", "goog:chromeOptions": options }) else {
            unreachable!("an object was written")
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(&webdriver).await.expect("chromedriver opens a window");
        let window = Self {
            client,
            setup,
            base: base.to_owned(),
            seen: Mutex::default(),
            faults: Mutex::default(),
            actions: AtomicUsize::default(),
        };
        let scheme = if setup.dark { "dark" } else { "light" };
        let forced = if setup.forced { "active" } else { "none" };
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
        ] });
        window.commands("Emulation.setEmulatedMedia", media).await;
        Some(window)
    }

    /// What a person had to do so far: each press, each field, each choice is one.
    pub fn actions(&self) -> usize {
        self.actions.load(Ordering::Relaxed)
    }

    async fn commands(&self, cmd: &'static str, params: Value) -> Value {
        self.client.issue_cmd(DevTools { cmd, params }).await.expect("Chromium does as it is told")
    }

    /// Runs in the page.
    pub async fn runs(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("the page runs this")
    }

    /// Runs in every page of this tab before its own scripts.
    pub async fn runs_first(&self, script: &str) {
        self.commands("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Drops the connection of this tab, or brings it back.
    pub async fn is_offline(&self, offline: bool) {
        self.commands("Network.enable", json!({})).await;
        let none = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.commands("Network.emulateNetworkConditions", none).await;
    }

    /// Types at the end of a field, as fast as the clipboard.
    pub async fn adds(&self, name: &str, words: &str) {
        self.runs(&format!(
            "const field = document.querySelector('textarea[name={name}]'); field.focus(); \
             field.setSelectionRange(field.value.length, field.value.length)"
        ))
        .await;
        self.commands("Input.insertText", json!({ "text": words })).await;
    }

    pub async fn reloads(&self) {
        self.client.refresh().await.expect("the page loads again");
    }

    /// Closes this tab and goes on in a new one.
    pub async fn moves_to_a_new_tab(&self) {
        let fresh = self.client.new_window(true).await.expect("a tab opens").handle;
        self.client.close_window().await.expect("the tab closes");
        self.client.switch_to_window(fresh).await.expect("the other tab");
    }

    /// Does something in another tab and comes back.
    pub async fn beside(&self, work: impl AsyncFnOnce()) {
        let here = self.client.window().await.expect("a tab");
        let fresh = self.client.new_window(true).await.expect("a tab opens").handle;
        self.client.switch_to_window(fresh).await.expect("the other tab");
        work().await;
        self.client.close_window().await.expect("the tab closes");
        self.client.switch_to_window(here).await.expect("back");
    }

    /// Takes a cookie away; what puts it back.
    pub async fn loses_cookie(&self, name: &str) -> Cookie<'static> {
        let cookie = self.client.get_named_cookie(name).await.expect("the cookie is there");
        self.client.delete_cookie(name).await.expect("a cookie can be lost");
        cookie
    }

    pub async fn has_cookie_again(&self, cookie: Cookie<'static>) {
        self.client.add_cookie(cookie).await.expect("a cookie can be set");
    }

    pub async fn close(self) {
        self.client.close().await.expect("the window closes");
        let faults = self.faults.into_inner().expect("one at a time");
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }

    pub async fn goes_to(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.expect("the page loads");
    }

    /// The path shown in the address bar.
    pub async fn path(&self) -> String {
        self.client.current_url().await.expect("an address").path().to_owned()
    }

    pub async fn text(&self) -> String {
        let body = self.find("body").await;
        body.text().await.expect("a page has text")
    }

    pub async fn text_of(&self, css: &str) -> String {
        self.find(css).await.text().await.expect("an element has text")
    }

    pub async fn says(&self, words: &str) {
        let text = self.text().await;
        assert!(text.contains(words), "{} does not say {words:?}:\n{text}", self.path().await);
    }

    pub async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    async fn find(&self, css: &str) -> Element {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => {
                let text = match self.client.find(Locator::Css("body")).await {
                    Ok(body) => body.text().await.unwrap_or_default(),
                    Err(_) => String::new(),
                };
                panic!("no {css} on {}: {error}\n{text}", self.path().await)
            }
        }
    }

    /// Follows a link, or presses a button, and waits for the page it leads to.
    pub async fn follows(&self, css: &str) {
        let page = self.find("html").await;
        self.presses(self.find(css).await).await;
        until("the next page", async || {
            // A page that has gone answers for none of its elements.
            (page.tag_name().await.is_err() && self.client.find(Locator::Css("body")).await.is_ok()).then_some(())
        })
        .await;
    }

    /// Presses what keeps its page: a fold, a file to download.
    pub async fn opens(&self, css: &str) {
        self.presses(self.find(css).await).await;
    }

    /// Presses a button that answers with a file; the file, when all of it is there.
    pub async fn downloads(&self, css: &str, folder: &Path, ending: &str) -> PathBuf {
        let allowed = json!({ "behavior": "allow", "downloadPath": folder });
        self.commands("Page.setDownloadBehavior", allowed).await;
        self.opens(css).await;
        until("the download", async || {
            let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
            files.into_iter().find(|file| file.extension().is_some_and(|found| found == ending))
        })
        .await
    }

    /// Sends the page's own form by its one button; that which only Enter presses is not one of them.
    pub async fn sends(&self) {
        self.follows("main form[method=post] button:not([tabindex], .quiet)").await;
    }

    /// Selects words of a passage, as a finger or a mouse would.
    pub async fn selects(&self, css: &str, words: &str) {
        self.actions.fetch_add(1, Ordering::Relaxed);
        let selected = self
            .runs(&format!(
                "const walk = document.createTreeWalker(document.querySelector({css:?}), NodeFilter.SHOW_TEXT); \
                 while (walk.nextNode()) {{ \
                     const at = walk.currentNode.data.indexOf({words:?}); \
                     if (at < 0) continue; \
                     const range = document.createRange(); \
                     range.setStart(walk.currentNode, at); \
                     range.setEnd(walk.currentNode, at + {words:?}.length); \
                     document.getSelection().removeAllRanges(); \
                     document.getSelection().addRange(range); \
                     break; \
                 }} \
                 return document.getSelection().toString()"
            ))
            .await;
        assert_eq!(selected, json!(words), "{css} on {}", self.path().await);
    }

    /// Presses a radio card or ticks a box, by its label as a finger would.
    pub async fn chooses(&self, name: &str, value: &str) {
        self.actions.fetch_add(1, Ordering::Relaxed);
        let input = self.find(&format!("input[name='{name}'][value='{value}']")).await;
        if self.setup.keyboard {
            self.reaches_choice(&input, name).await;
        } else {
            let id = input.attr("id").await.expect("an element answers").unwrap_or_default();
            let around = format!("label:has(input[name='{name}'][value='{value}'])");
            self.clicks(self.find(&format!("{around}, label[for='{id}']")).await).await;
        }
        self.find(&format!("input[name='{name}'][value='{value}']:checked")).await;
    }

    /// By Tab to the group, by arrows within it; a box is ticked by Space.
    async fn reaches_choice(&self, input: &Element, name: &str) {
        if input.attr("type").await.expect("an element answers").as_deref() == Some("checkbox") {
            self.reaches(input).await;
            return self.types(Key::Space).await;
        }
        let group = format!("input[type=radio][name='{name}']");
        self.tabs_until(async |focused| focused.attr("name").await.ok().flatten().as_deref() == Some(name)).await;
        let count = self.client.find_all(Locator::Css(&group)).await.expect("a group").len();
        self.types(Key::Space).await;
        for _ in 0..count {
            if self.focused().await.element_id() == input.element_id() {
                return;
            }
            self.types(Key::Down).await;
        }
        panic!("no arrow leads to a choice of {name} on {}", self.path().await);
    }

    /// Chooses in a list that opens.
    pub async fn picks(&self, name: &str, value: &str) {
        self.actions.fetch_add(1, Ordering::Relaxed);
        let list = self.find(&format!("select[name='{name}']")).await;
        if self.setup.keyboard {
            let css = format!("select[name='{name}'] option[value='{value}']");
            // An option without a value is its own words.
            let words = match self.client.find(Locator::Css(&css)).await {
                Ok(option) => option.text().await.expect("an option has words"),
                Err(_) => value.to_owned(),
            };
            self.reaches(&list).await;
            list.send_keys(&words).await.expect("a list takes the beginning of a word");
        } else {
            let by_words = list.select_by_value(value).await.is_err();
            if by_words {
                list.select_by_label(value).await.expect("a list has this");
            }
        }
        let picked = list.prop("value").await.expect("an element answers").unwrap_or_default();
        assert_eq!(picked, value, "{name} on {}", self.path().await);
    }

    /// What a list that opens offers.
    pub async fn offers(&self, name: &str) -> Vec<String> {
        let css = format!("select[name='{name}'] option");
        let mut values = Vec::new();
        for option in self.client.find_all(Locator::Css(&css)).await.expect("the page can be searched") {
            values.push(option.prop("value").await.expect("an element answers").unwrap_or_default());
        }
        values
    }

    /// Chooses a file.
    pub async fn brings(&self, name: &str, file: &Path) {
        self.actions.fetch_add(1, Ordering::Relaxed);
        let field = self.find(&format!("input[type=file][name='{name}']")).await;
        if self.setup.keyboard {
            self.reaches(&field).await;
        }
        field.send_keys(&file.to_string_lossy()).await.expect("a field takes a file");
    }

    /// As [`Self::chooses`], where the page asks at all.
    pub async fn chooses_if_asked(&self, name: &str, value: &str) {
        if self.has(&format!("input[type=radio][name={name}]")).await {
            self.chooses(name, value).await;
        }
    }

    pub async fn writes(&self, name: &str, words: &str) {
        self.actions.fetch_add(1, Ordering::Relaxed);
        let field = self.find(&format!("textarea[name='{name}'], input[name='{name}']")).await;
        if self.setup.keyboard {
            self.reaches(&field).await;
        }
        field.clear().await.expect("a field can be emptied");
        field.send_keys(words).await.expect("a field takes words");
    }

    /// Types a day (2026-12-11) in the order of day, month and year that this browser shows.
    pub async fn dates(&self, name: &str, day: &str) {
        self.actions.fetch_add(1, Ordering::Relaxed);
        let field = self.find(&format!("input[type=date][name='{name}']")).await;
        let order =
            "return new Intl.DateTimeFormat(navigator.language).formatToParts(new Date()).map(part => part.type)";
        let order = self.client.execute(order, Vec::new()).await.expect("a browser knows its language");
        let [year, month, date] = day.split('-').collect::<Vec<_>>()[..] else { panic!("{day} is no day") };
        let typed = order.as_array().into_iter().flatten().fold(String::new(), |typed, part| match part.as_str() {
            Some("year") => typed + year,
            Some("month") => typed + month,
            Some("day") => typed + date,
            _ => typed,
        });
        if self.setup.keyboard {
            self.reaches(&field).await;
        }
        field.send_keys(&typed).await.expect("a day can be typed");
        let there = field.prop("value").await.expect("an element answers").unwrap_or_default();
        assert_eq!(there, day, "{name} on {}", self.path().await);
    }

    /// As [`Self::writes`], but all at once, as from the clipboard.
    pub async fn pastes(&self, name: &str, words: &str) {
        self.actions.fetch_add(1, Ordering::Relaxed);
        let field = self.find(&format!("textarea[name='{name}']")).await;
        field.clear().await.expect("a field can be emptied");
        if self.setup.keyboard {
            self.reaches(&field).await;
        } else {
            self.clicks(field).await;
        }
        self.commands("Input.insertText", json!({ "text": words })).await;
    }

    pub async fn value(&self, name: &str) -> String {
        let field = self.find(&format!("textarea[name={name}], input[name={name}], textarea#{name}")).await;
        field.prop("value").await.expect("an element answers").unwrap_or_default()
    }

    /// The addresses of all links that begin like this.
    pub async fn links(&self, start: &str) -> Vec<String> {
        let css = format!("a[href^='{start}']");
        let links = self.client.find_all(Locator::Css(&css)).await.expect("the page can be searched");
        let mut found = Vec::new();
        for link in links {
            found.extend(link.attr("href").await.expect("an element answers"));
        }
        found
    }

    async fn presses(&self, element: Element) {
        self.actions.fetch_add(1, Ordering::Relaxed);
        if !self.setup.keyboard {
            return self.clicks(element).await;
        }
        self.reaches(&element).await;
        self.types(Key::Enter).await;
    }

    async fn focused(&self) -> Element {
        self.client.active_element().await.expect("something has the focus")
    }

    async fn types(&self, key: Key) {
        let key = char::from(key).to_string();
        self.focused().await.send_keys(&key).await.expect("what has the focus takes keys");
    }

    async fn reaches(&self, wanted: &Element) {
        self.tabs_until(async |focused| focused.element_id() == wanted.element_id()).await;
    }

    /// As many Tabs as it takes, once round the page at most; the focus is never lost or caught.
    async fn tabs_until(&self, found: impl AsyncFn(&Element) -> bool) {
        const ROUND: usize = 400;
        for _ in 0..ROUND {
            let focused = self.focused().await;
            if found(&focused).await {
                return;
            }
            // Not by the element: a file field would take the key for a file's name.
            for kind in ["rawKeyDown", "keyUp"] {
                let key = json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
                self.commands("Input.dispatchKeyEvent", key).await;
            }
        }
        panic!("no Tab leads to what is wanted on {}", self.path().await);
    }

    async fn clicks(&self, element: Element) {
        if let Err(CmdError::Standard(error)) = element.click().await {
            panic!("cannot be pressed on {}: {error}", self.path().await);
        }
    }

    /// Looks at the page in this state: no sideways scrolling, little to carry, a picture, and
    /// nothing for axe to complain about (axe needs JavaScript).
    pub async fn looks(&self, state: &str) {
        assert!(self.seen.lock().expect("one at a time").insert(state.to_owned()), "{state} was looked at before");
        let name = format!("{state}-{}", self.setup.name());
        self.takes_a_picture(&name).await;

        let measure = "return [document.documentElement.scrollWidth, window.innerWidth]";
        let measured = self.client.execute(measure, Vec::new()).await.expect("the page can be measured");
        let (wide, window) = (measured[0].as_u64(), measured[1].as_u64());
        assert_eq!(window, Some(u64::from(self.setup.width)), "the window is as wide as asked");
        if wide > window {
            self.finds_fault(format!("{name} scrolls sideways: {wide:?} in {window:?}"));
        }

        self.weighs(&name).await;
        // A mail shown as a page stands in a sandbox, where nothing may run, axe neither.
        let sandboxed = self.client.execute("return self.origin === 'null'", Vec::new()).await;
        let sandboxed = sandboxed.expect("the page has an origin") == json!(true);
        if self.setup.javascript && !sandboxed {
            let violations = self.violations().await;
            if !violations.is_empty() {
                self.finds_fault(format!("axe on {name} ({}):\n{violations}", self.path().await));
            }
        }
    }

    /// Every page is small with all that it brings, as if it were the first, and its own words are few.
    /// Not so the texts themselves (the draft and its parts, its versions, comparisons, side by side):
    /// they are what people come for, so compressed as a server sends them they stay as small as other
    /// pages are plain. What somebody typed or brought herself and finds in its field again is not counted.
    async fn weighs(&self, name: &str) {
        const PAGE: u64 = 15_000;
        const WITH_ALL: u64 = 60_000;
        let measure = "const [page] = performance.getEntriesByType('navigation'); \
            const brought = performance.getEntriesByType('resource').filter(one => one.initiatorType !== 'fetch').map(one => one.decodedBodySize); \
            const typed = [...document.querySelectorAll('textarea')].map(field => field.defaultValue.length); \
            return [page.decodedBodySize - typed.reduce((sum, one) => sum + one, 0), brought.reduce((sum, one) => sum + one, 0)]";
        let measured = self.client.execute(measure, Vec::new()).await.expect("the page can be weighed");
        let [page, brought] = [0, 1].map(|part| measured[part].as_u64().expect("bytes"));
        assert!(page > 500, "{name} was weighed: {page} bytes");
        let own = if is_text(&self.path().await) { self.compressed().await } else { page };
        if own > PAGE || page + brought > WITH_ALL {
            self.finds_fault(format!("{name} has {page} bytes ({own} count) and brings {brought}"));
        }
    }

    /// The page as it stands, as small as Caddy makes it.
    async fn compressed(&self) -> u64 {
        let source = self.client.source().await.expect("a page has a source");
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(source.as_bytes()).expect("in memory");
        encoder.finish().expect("in memory").len() as u64
    }

    /// The journey goes on, so that one run tells of every page.
    fn finds_fault(&self, fault: String) {
        eprintln!("{fault}");
        self.faults.lock().expect("one at a time").push(fault);
    }

    async fn violations(&self) -> String {
        let Some(axe) = brought("SOUNDINGS_TEST_AXE") else { return String::new() };
        let axe = fs::read_to_string(axe).expect("axe was brought");
        self.client.execute(&format!("{axe}; return true"), Vec::new()).await.expect("axe loads");
        let run = "const done = arguments[arguments.length - 1]; \
            axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations), fault => done(String(fault)));";
        let found = self.client.execute_async(run, Vec::new()).await.expect("axe runs");
        let found = found.as_array().unwrap_or_else(|| panic!("axe failed: {found}"));
        found.iter().fold(String::new(), |mut list, violation| {
            for node in violation["nodes"].as_array().into_iter().flatten() {
                let _ = writeln!(list, "  {} ({}): {}", violation["id"], violation["impact"], node["html"]);
                let _ = writeln!(list, "    {}", node["failureSummary"].as_str().unwrap_or("").replace('\n', " "));
            }
            list
        })
    }

    /// The whole page, also what is below the fold, into `target/screenshots`.
    async fn takes_a_picture(&self, name: &str) {
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let picture = self.commands("Page.captureScreenshot", whole).await;
        let png = BASE64.decode(picture["data"].as_str().expect("a picture")).expect("base64");
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
        fs::create_dir_all(&folder).expect("a folder for pictures");
        fs::write(folder.join(format!("{name}.png")), png).expect("a picture can be kept");
    }
}

/// Whether a page is a draft, a part or a version of one, or two of them beside each other.
fn is_text(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts[..] {
        ["c", _] | ["c", _, "compare" | "side-by-side"] => true,
        ["c", _, kind, _] => ["section", "side-by-side", "version"].contains(&kind),
        _ => false,
    }
}

/// What `WebDriver` itself cannot do and Chromium can: picture the whole page, turn the light off,
/// put words in as the clipboard would.
#[derive(Debug)]
struct DevTools {
    cmd: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.cmd, "params": self.params }).to_string()))
    }
}
