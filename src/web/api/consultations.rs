use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn change() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn close() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn deadline() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn get() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn list() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn make() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn open() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn printed_codes() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn progress() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
