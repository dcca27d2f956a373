"""Somebody who uses a page: with the pointer, the keyboard, and patience."""
import json
import time

from browser import Browser

KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36,
        "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}


class PageUser(Browser):
    def go(self, url):
        self.call("Page.navigate", url=url)
        self.settle()

    def settle(self):
        """Until the page has drawn what it was asked for."""
        self.until("document.readyState === 'complete' && document.getElementById('version')?.textContent"
                   " && !document.querySelector('[aria-busy]')")

    def until(self, expression, seconds=300):
        end = time.monotonic() + seconds
        while True:
            try:
                if self.evaluate(f"!!({expression})"):
                    return
            except RuntimeError:
                pass  # It is on its way to another page.
            if time.monotonic() > end:
                raise AssertionError(f"never came: {expression}\n" + self.text("body")[:600])
            time.sleep(0.03)

    def prefer(self, **features):
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-" + name.replace("_", "-"), "value": value} for name, value in features.items()])

    def text(self, selector):
        return self.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")

    def value(self, selector):
        return self.evaluate(f"document.querySelector({json.dumps(selector)}).value")

    def middle(self, selector, seconds=300):
        """Where its middle is, once it stands still: a page that is being laid out anew moves under the pointer."""
        where = (
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); if (!e) return null;"
            " e.scrollIntoView({block: 'center', behavior: 'instant'}); const r = e.getBoundingClientRect();"
            " const at = [r.left + r.width / 2, r.top + r.height / 2], hit = document.elementFromPoint(...at);"
            " return [...at, !!hit && (e.contains(hit) || hit.contains(e))]; })()")
        after_frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"
        end = time.monotonic() + seconds
        before = None
        while True:
            found = self.evaluate(where)
            assert found, f"no {selector}"
            if found == before and found[2]:
                return found[:2]
            assert time.monotonic() < end, f"{selector} is never still, or something lies over it: {found}"
            before = found
            self.evaluate(after_frames)

    def mouse(self, kind, x, y, buttons=0):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, buttons=buttons, clickCount=1,
                  button="none" if kind == "mouseMoved" and not buttons else "left")

    def click(self, selector):
        x, y = self.middle(selector)
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, 1)
        self.mouse("mouseReleased", x, y)

    def drag(self, selector, dx, steps=8):
        x, y = self.middle(selector)
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, 1)
        for step in range(1, steps + 1):
            self.mouse("mouseMoved", x + dx * step / steps, y, 1)
        self.mouse("mouseReleased", x + dx, y)

    def press(self, key):
        code = KEYS[key]
        more = {"text": "\r"} if key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown" if more else "rawKeyDown", key=key, code=key,
                  windowsVirtualKeyCode=code, **more)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=code)

    def type(self, selector, text):
        """Replaces what stands in a field, letter by letter, and leaves it with Enter."""
        self.evaluate(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.focus(); e.select(); }})()")
        for letter in text:
            self.call("Input.insertText", text=letter)
        self.press("Enter")

    def choose(self, selector, value):
        self.evaluate(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.value = {json.dumps(value)};"
                      " e.dispatchEvent(new Event('change', { bubbles: true })); })()")

    def reported(self, own):
        """What the page said on its console, what failed, and what it asked of others; then forgotten."""
        self.evaluate("0")
        found = [line for line in self.complaints() if not line.startswith("request: " + own)]
        self.events.clear()
        return found

    def asked(self):
        """Addresses that were asked for since the last look."""
        self.evaluate("0")
        return [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
