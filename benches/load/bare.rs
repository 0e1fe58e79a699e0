//! actix-web with nothing of ours: the same number of workers, one page of so many bytes.

use std::process::Command;

use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer, web};

use super::server::{Server, WORKERS};

/// What makes this program the bare server.
pub const VERB: &str = "bare";

/// Starts it as a process of its own, as the other server is.
pub fn server(bytes: usize) -> Server {
    let this = std::env::current_exe().expect("this program's own path");
    Server::spawn(Command::new(this).args([VERB, &bytes.to_string()]))
}

/// Serves until it is killed.
pub fn serve(bytes: usize) {
    let page = Data::new(Bytes::from(vec![b'x'; bytes]));
    let work = async {
        let server = HttpServer::new(move || App::new().app_data(page.clone()).route("/", web::get().to(one)))
            .workers(WORKERS)
            .bind("127.0.0.1:0")?;
        println!("listening on http://{}", server.addrs()[0]);
        server.run().await
    };
    actix_web::rt::System::new().block_on(work).expect("a server");
}

async fn one(page: Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.get_ref().clone())
}
