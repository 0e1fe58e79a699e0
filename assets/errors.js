// A form came back with errors: begin reading there.
document.getElementById("errors")?.focus();
