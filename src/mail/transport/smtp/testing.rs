//! A mail server on loopback that says, at each step, what a test wants it to say.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::mail::{Patience, Phase, Smtp, Transport};
use crate::settings::{self, Tls};
use crate::words::Words;

/// What the server does at a step instead of going on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Act {
    /// Answers so; a 421 closes the line.
    Say(&'static str),
    Stall,
    HangUp,
}

#[derive(Clone, Default)]
struct Script {
    /// From the n-th time on that this step is reached (0 is the first), so many times.
    act: Option<(Phase, Act, usize, usize)>,
    tls: Option<(TlsAcceptor, bool)>,
    offers_tls: bool,
    sign_in: &'static str,
}

/// A server that takes mail, or does what it was told to.
pub(crate) struct Sink {
    script: Script,
    port: u16,
    listener: Option<TcpListener>,
    heard: Arc<Mutex<Heard>>,
    pub(crate) ca: Option<PathBuf>,
}

#[derive(Default)]
struct Heard {
    steps: Vec<Phase>,
    commands: Vec<String>,
    messages: Vec<String>,
    lines: usize,
}

impl Sink {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Self { script: Script::default(), port, listener: Some(listener), heard: Arc::default(), ca: None }
    }

    /// Always does so when a step is reached.
    pub(crate) fn at(self, phase: Phase, act: Act) -> Self {
        self.at_time(phase, act, 0, usize::MAX)
    }

    pub(crate) fn at_time(mut self, phase: Phase, act: Act, first: usize, times: usize) -> Self {
        self.script.act = Some((phase, act, first, times));
        self
    }

    pub(crate) fn signing_in(mut self, ways: &'static str) -> Self {
        self.script.sign_in = ways;
        self
    }

    /// Has a certificate for `name`, whose authority is written beside.
    pub(crate) fn sealed(mut self, dir: &std::path::Path, name: &str, is_wrapped: bool) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "An authority of our own");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
            .unwrap();
        let file = dir.join(format!("authority-{}.pem", self.port));
        let pem = STANDARD.encode(authority.der());
        std::fs::write(&file, format!("-----BEGIN CERTIFICATE-----\n{pem}\n-----END CERTIFICATE-----\n")).unwrap();
        self.ca = Some(file);
        self.script.tls = Some((TlsAcceptor::from(Arc::new(config)), is_wrapped));
        self.script.offers_tls = !is_wrapped;
        self
    }

    pub(crate) fn without_tls(mut self) -> Self {
        self.script.offers_tls = false;
        self
    }

    /// From now on takes lines; one that listens already goes on with a new script.
    pub(crate) fn listens(mut self) -> Self {
        let (listener, script, heard) = (self.listener.take().unwrap(), self.script.clone(), self.heard.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                heard.lock().unwrap().lines += 1;
                let talk = Talk { script: script.clone(), heard: heard.clone() };
                tokio::spawn(async move { talk.begin(stream).await });
            }
        });
        self
    }

    pub(crate) fn settings(&self) -> settings::Smtp {
        settings::Smtp {
            host: "localhost".to_owned(),
            port: self.port,
            tls: match &self.script.tls {
                None => Tls::None,
                Some((_, true)) => Tls::Wrapped,
                Some((_, false)) => Tls::StartTls,
            },
            user: (!self.script.sign_in.is_empty())
                .then(|| settings::User { name: "ann".to_owned(), password: settings::Secret::new("hunter2") }),
            connections: 1,
            per_second: 0,
            ca_file: self.ca.clone(),
        }
    }

    pub(crate) fn transport(&self, connections: usize) -> Transport {
        let to = settings::Smtp { connections, ..self.settings() };
        Transport::Smtp(Arc::new(smtp(&to, Patience::default())))
    }

    pub(crate) fn messages(&self) -> Vec<String> {
        self.heard.lock().unwrap().messages.clone()
    }

    pub(crate) fn commands(&self) -> Vec<String> {
        self.heard.lock().unwrap().commands.clone()
    }

    /// How many lines were opened to it.
    pub(crate) fn lines(&self) -> usize {
        self.heard.lock().unwrap().lines
    }
}

pub(crate) fn smtp(to: &settings::Smtp, patience: Patience) -> Smtp {
    Smtp::new(to, "say.example.org", Arc::new(Words::load().unwrap()), patience).unwrap()
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

struct Talk {
    script: Script,
    heard: Arc<Mutex<Heard>>,
}

/// The line is over.
struct Over;

type Spoken = BufReader<Box<dyn Stream>>;

impl Talk {
    async fn begin(&self, stream: TcpStream) {
        stream.set_nodelay(true).unwrap();
        let stream: Box<dyn Stream> = match &self.script.tls {
            Some((acceptor, true)) => match acceptor.accept(stream).await {
                Ok(sealed) => Box::new(sealed),
                Err(_) => return,
            },
            _ => Box::new(stream),
        };
        self.talk(BufReader::new(stream)).await.ok();
    }

    async fn talk(&self, mut stream: Spoken) -> Result<(), Over> {
        self.answer(&mut stream, Phase::Greeting, "220 sink ESMTP\r\n").await?;
        loop {
            let line = read(&mut stream).await?;
            self.heard.lock().unwrap().commands.push(line.trim_end().to_owned());
            let verb = line.split([' ', ':', '\r']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => self.answer(&mut stream, Phase::Hello, &self.offers()).await.map(|_| ())?,
                "STARTTLS" => {
                    if self.answer(&mut stream, Phase::StartTls, "220 go on\r\n").await? {
                        let acceptor = &self.script.tls.as_ref().ok_or(Over)?.0;
                        let sealed = acceptor.accept(stream.into_inner()).await.map_err(|_| Over)?;
                        stream = BufReader::new(Box::new(sealed));
                    }
                }
                "AUTH" => {
                    if line.trim_end().ends_with("LOGIN") {
                        for asked in ["334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n"] {
                            write(&mut stream, asked).await?;
                            let given = read(&mut stream).await?;
                            self.heard.lock().unwrap().commands.push(given.trim_end().to_owned());
                        }
                    }
                    self.answer(&mut stream, Phase::SignIn, "235 2.7.0 come in\r\n").await?;
                }
                "MAIL" => self.answer(&mut stream, Phase::Sender, "250 2.1.0 Ok\r\n").await.map(|_| ())?,
                "RCPT" => self.answer(&mut stream, Phase::Recipient, "250 2.1.5 Ok\r\n").await.map(|_| ())?,
                "DATA" => {
                    if self.answer(&mut stream, Phase::Data, "354 go on\r\n").await? {
                        self.body(&mut stream).await?;
                    }
                }
                "RSET" => write(&mut stream, "250 2.0.0 Ok\r\n").await?,
                "QUIT" => return write(&mut stream, "221 2.0.0 Bye\r\n").await,
                _ => write(&mut stream, "500 5.5.2 what?\r\n").await?,
            }
        }
    }

    async fn body(&self, stream: &mut Spoken) -> Result<(), Over> {
        self.answer(stream, Phase::Body, "").await?;
        let mut message = String::new();
        loop {
            let line = read(stream).await?;
            if line == ".\r\n" {
                break;
            }
            message.push_str(line.strip_prefix('.').unwrap_or(&line));
        }
        self.heard.lock().unwrap().messages.push(message);
        self.answer(stream, Phase::End, "250 2.0.0 taken\r\n").await.map(|_| ())
    }

    fn offers(&self) -> String {
        let mut offers = "250-sink\r\n".to_owned();
        if self.script.offers_tls {
            offers += "250-STARTTLS\r\n";
        }
        if !self.script.sign_in.is_empty() {
            offers = format!("{offers}250-AUTH {}\r\n", self.script.sign_in);
        }
        offers + "250 8BITMIME\r\n"
    }

    /// Answers as usual (true), or does what the script says.
    async fn answer(&self, stream: &mut Spoken, phase: Phase, usual: &str) -> Result<bool, Over> {
        let times = {
            let mut heard = self.heard.lock().unwrap();
            heard.steps.push(phase);
            heard.steps.iter().filter(|step| **step == phase).count() - 1
        };
        let act =
            self.script.act.filter(|(at, _, first, count)| *at == phase && times >= *first && times - *first < *count);
        match act.map(|(_, act, ..)| act) {
            None => write(stream, usual).await.map(|()| true),
            Some(Act::Say(line)) => {
                write(stream, line).await?;
                if line.starts_with("421") { Err(Over) } else { Ok(false) }
            }
            Some(Act::Stall) => {
                // Reads nothing, answers nothing, until the other side has gone.
                std::future::pending::<()>().await;
                Err(Over)
            }
            Some(Act::HangUp) => Err(Over),
        }
    }
}

async fn read(stream: &mut Spoken) -> Result<String, Over> {
    let mut line = Vec::new();
    match stream.read_until(b'\n', &mut line).await {
        Ok(count) if count > 0 => Ok(String::from_utf8_lossy(&line).into_owned()),
        _ => Err(Over),
    }
}

async fn write(stream: &mut Spoken, text: &str) -> Result<(), Over> {
    stream.get_mut().write_all(text.as_bytes()).await.map_err(|_| Over)?;
    stream.get_mut().flush().await.map_err(|_| Over)
}
