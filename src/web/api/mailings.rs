use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn cancel() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn delivery() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn get() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn list() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn pause() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn plan() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn resume() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
