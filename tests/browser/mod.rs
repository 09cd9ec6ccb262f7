//! A Chromium without a window, spoken to by its DevTools protocol.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

/// Where Chromium is: `CUSTVAL_CHROMIUM`, or one of its usual names.
pub fn chromium() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CUSTVAL_CHROMIUM") {
        return Some(path.into());
    }
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").iter().flat_map(std::env::split_paths).collect();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    names.iter().find_map(|name| folders.iter().map(|at| at.join(name)).find(|path| path.is_file()))
}

/// A browser with one page. It ends with the value.
pub struct Browser {
    process: Child,
    socket: WebSocket<MaybeTlsStream<std::net::TcpStream>>,
    session: String,
    last: u64,
    /// What the page's console said, and what it asked the network for.
    pub complaints: Vec<String>,
    _profile: tempfile::TempDir,
}

// No test needs all of it.
#[allow(dead_code)]
impl Browser {
    /// Starts a browser; `None`, and a word about it, where there is none.
    pub fn start() -> Option<Browser> {
        let Some(path) = chromium() else {
            eprintln!("skipped: there is no Chromium; install one, or name it by CUSTVAL_CHROMIUM");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new(path)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--disable-dev-shm-usage", "--lang=en-GB"])
            .args(["--remote-debugging-port=0", "--window-size=1440,900"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(process.stderr.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(told.read_line(&mut line).unwrap() > 0, "the browser ended");
            if let Some((_, address)) = line.split_once("DevTools listening on ") {
                break address.trim().to_string();
            }
        };
        // What it says later is of no use, but has to go somewhere.
        std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
        let (socket, _) = tungstenite::connect(address.as_str()).unwrap();
        let mut browser = Browser {
            process,
            socket,
            session: String::new(),
            last: 0,
            complaints: Vec::new(),
            _profile: profile,
        };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let target = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.call("Target.attachToTarget", target);
        browser.session = session["sessionId"].as_str().unwrap().to_string();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// One command of the protocol, and its answer. What happens in the meantime is noted.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.last += 1;
        let mut command = json!({ "id": self.last, "method": method, "params": parameters });
        if !self.session.is_empty() {
            command["sessionId"] = json!(self.session);
        }
        self.socket.send(Message::text(command.to_string())).unwrap();
        loop {
            let message = self.socket.read().unwrap();
            let Ok(text) = message.to_text() else { continue };
            let Ok(found) = serde_json::from_str::<Value>(text) else { continue };
            if found["id"] == json!(self.last) {
                assert!(found.get("error").is_none(), "{method}: {}", found["error"]);
                return found["result"].clone();
            }
            self.note(&found);
        }
    }

    fn note(&mut self, event: &Value) {
        let parameters = &event["params"];
        match event["method"].as_str() {
            Some("Runtime.consoleAPICalled") => {
                self.complaints.push(format!("console: {}", parameters["args"]));
            }
            Some("Runtime.exceptionThrown") => {
                self.complaints.push(format!("exception: {}", parameters["exceptionDetails"]));
            }
            Some("Log.entryAdded") => self.complaints.push(format!("log: {}", parameters["entry"])),
            Some("Page.javascriptDialogOpening") => {
                self.complaints.push(format!("dialog: {}", parameters["message"]));
            }
            Some("Network.requestWillBeSent") => {
                let url = parameters["request"]["url"].as_str().unwrap_or_default();
                let is_own =
                    ["file:", "data:", "blob:", "about:"].iter().any(|s| url.starts_with(s));
                if !is_own {
                    self.complaints.push(format!("request: {url}"));
                }
            }
            _ => {}
        }
    }

    /// Opens a file, and waits until its program says that it is ready.
    pub fn open(&mut self, file: &Path) {
        self.open_at(file, "");
    }

    /// The same with what stands after `#`.
    pub fn open_at(&mut self, file: &Path, anchor: &str) {
        let url = format!("file://{}{anchor}", file.display());
        self.call("Page.navigate", json!({ "url": "about:blank" }));
        self.call("Page.navigate", json!({ "url": url }));
        for _ in 0..600 {
            if self.run("document.documentElement?.dataset.ready ?? ''") == json!("yes") {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the page is not ready: {:?}", self.complaints);
    }

    /// What an expression of the page gives.
    pub fn run(&mut self, expression: &str) -> Value {
        let found = self.call(
            "Runtime.evaluate",
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true }),
        );
        assert!(found.get("exceptionDetails").is_none(), "{expression}: {found}");
        found["result"]["value"].clone()
    }

    /// Clicks what a selector finds first.
    pub fn click(&mut self, selector: &str) {
        let quoted = json!(selector);
        let clicked = format!(
            "(() => {{ const at = document.querySelector({quoted}); at?.click(); return !!at; }})()"
        );
        assert_eq!(self.run(&clicked), json!(true), "nothing is {selector}");
    }

    /// Sets the value of an input, as typing does.
    pub fn put(&mut self, selector: &str, value: &str) {
        let (selector, value) = (json!(selector), json!(value));
        self.run(&format!(
            "(() => {{ const at = document.querySelector({selector}); at.value = {value}; \
             at.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
        ));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
