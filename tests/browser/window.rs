//! A browser window, with the few things a person does in it and the checks
//! that every page must pass.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::support::{brought, until};

/// How a window is set up.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    pub width: u32,
    pub javascript: bool,
}

pub struct Window {
    client: Client,
    setup: Setup,
    base: String,
    /// States already looked at, so that a journey cannot look at one twice under one name.
    seen: Mutex<BTreeSet<String>>,
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
        Some(Self { client, setup, base: base.to_owned(), seen: Mutex::default() })
    }

    pub async fn close(self) {
        self.client.close().await.expect("the window closes");
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

    /// Sends the page's own form by its one button.
    pub async fn sends(&self) {
        self.follows("main form[method=post] button").await;
    }

    /// Presses a radio card or ticks a box, by its label as a finger would.
    pub async fn chooses(&self, name: &str, value: &str) {
        let input = self.find(&format!("input[name={name}][value={value}]")).await;
        let id = input.attr("id").await.expect("an element answers").unwrap_or_default();
        let around = format!("label:has(input[name={name}][value={value}])");
        self.presses(self.find(&format!("{around}, label[for='{id}']")).await).await;
        self.find(&format!("input[name={name}][value={value}]:checked")).await;
    }

    /// As [`Self::chooses`], where the page asks at all.
    pub async fn chooses_if_asked(&self, name: &str, value: &str) {
        if self.has(&format!("input[type=radio][name={name}]")).await {
            self.chooses(name, value).await;
        }
    }

    pub async fn writes(&self, name: &str, words: &str) {
        let field = self.find(&format!("textarea[name={name}], input[name={name}]")).await;
        field.clear().await.expect("a field can be emptied");
        field.send_keys(words).await.expect("a field takes words");
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
        if let Err(CmdError::Standard(error)) = element.click().await {
            panic!("cannot be pressed on {}: {error}", self.path().await);
        }
    }

    /// Looks at the page in this state: no sideways scrolling, a picture, and
    /// nothing for axe to complain about (axe needs JavaScript).
    pub async fn looks(&self, state: &str) {
        assert!(self.seen.lock().expect("one at a time").insert(state.to_owned()), "{state} was looked at before");
        let script = if self.setup.javascript { "js" } else { "plain" };
        let name = format!("{state}-{}-{script}", self.setup.width);
        self.takes_a_picture(&name).await;

        let measure = "return [document.documentElement.scrollWidth, window.innerWidth]";
        let measured = self.client.execute(measure, Vec::new()).await.expect("the page can be measured");
        let (wide, window) = (measured[0].as_u64(), measured[1].as_u64());
        assert_eq!(window, Some(u64::from(self.setup.width)), "the window is as wide as asked");
        assert!(wide <= window, "{name} scrolls sideways: {wide:?} in {window:?}");

        if self.setup.javascript {
            let violations = self.violations().await;
            assert!(violations.is_empty(), "axe on {name} ({}):\n{violations}", self.path().await);
        }
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
        let picture = self.client.issue_cmd(WholePage).await.expect("a picture can be taken");
        let png = BASE64.decode(picture["data"].as_str().expect("a picture")).expect("base64");
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
        fs::create_dir_all(&folder).expect("a folder for pictures");
        fs::write(folder.join(format!("{name}.png")), png).expect("a picture can be kept");
    }
}

/// `WebDriver` itself pictures the visible part only; Chromium can do the page.
#[derive(Debug)]
struct WholePage;

impl WebDriverCompatibleCommand for WholePage {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let command =
            json!({ "cmd": "Page.captureScreenshot", "params": { "format": "png", "captureBeyondViewport": true } });
        (Method::POST, Some(command.to_string()))
    }
}
