//! Calls to the JSON API, and what comes back.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

/// The API as somebody with a token (or nobody) sees it.
#[derive(Clone)]
pub struct Api {
    base: String,
    token: Option<String>,
    client: Client,
}

impl Api {
    pub fn new(url: &str, token: Option<&str>) -> Self {
        Self { base: format!("{url}/api/v1"), token: token.map(str::to_owned), client: Client::new() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(body)).await
    }

    /// A POST that may be repeated without harm.
    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::POST, path).header("Idempotency-Key", key).json(body)).await
    }

    pub async fn post_text(&self, path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        let request = self.request(Method::POST, path).header("Content-Type", kind);
        Answer::to(request.body(body.into())).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::PATCH, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::DELETE, path)).await
    }

    /// Every page of a list.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut found = Vec::new();
        let mut after = String::new();
        loop {
            let page = self.get(&format!("{path}{joint}limit=100{after}")).await.ok();
            found.extend(items(&page));
            match &page["next"] {
                Value::String(next) => after = format!("&after={next}"),
                _ => return found,
            }
        }
    }
}

/// The rows of one page of a list, by whichever name it has.
pub fn items(page: &Value) -> Vec<Value> {
    match page {
        Value::Array(rows) => rows.clone(),
        Value::Object(fields) => {
            let named = ["items", "rows", "comments"].iter().find_map(|name| fields.get(*name)?.as_array());
            named.or_else(|| fields.values().find_map(Value::as_array)).cloned().unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub async fn to(request: RequestBuilder) -> Self {
        Self::try_to(request).await.expect("the server answers")
    }

    /// For stories in which the server may be gone.
    pub async fn try_to(request: RequestBuilder) -> Result<Self, reqwest::Error> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Self { status, headers, bytes: response.bytes().await?.to_vec() })
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{} is no JSON: {}", self.status, self.text()))
    }

    /// It was done; what the server answered (null for an empty answer).
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!((200..300).contains(&self.status), "{}: {}", self.status, self.text());
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// It was refused, with a problem document that says what to do.
    #[track_caller]
    pub fn refused(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert!(self.header("content-type").starts_with("application/problem+json"), "{}", self.header("content-type"));
        let problem = self.json();
        for field in ["type", "title", "detail"] {
            assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "no {field} in {problem}");
        }
        assert_eq!(problem["status"], status, "{problem}");
        problem
    }
}
