"""Assets."""


@app.route("/sw.js")
def worker() -> str:  # RED
    return ""
