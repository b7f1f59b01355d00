# Varnish between the web server that ends TLS and Envol; see "A caching server in front" in
# operators.md. Varnish's own rules follow these: whoever bears a cookie is passed on, what Envol
# marks as private is not kept, and neither is an answer that sets a cookie.
vcl 4.1;

backend envol {
    .host = "127.0.0.1";
    .port = "8000";
}

acl workers {
    "localhost";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # Everybody comes from localhost, through the web server in front; that one always sets the
        # header, and Envol's workers never do.
        if (client.ip !~ workers || req.http.X-Forwarded-Proto) {
            return (synth(405));
        }
        return (purge);
    }
}

sub vcl_backend_response {
    # What is out of date isn't given once more while it is made anew.
    set beresp.grace = 0s;
}
