use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn change() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn finish() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn list() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn submit() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn withdraw() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
