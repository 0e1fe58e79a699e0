// A link to a passage that stands on another part of a long draft: the server knows which.
if (location.hash.startsWith("#b-") && !document.getElementById(location.hash.slice(1))) location.replace(`${location.pathname}/${location.hash.slice(3)}`);
