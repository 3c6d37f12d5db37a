"""Pages of `jitterlab explore`, `grade` and `replay` in a real browser: headless Chromium.

usage: pages.py JITTERLAB CACHE [unittest options]
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import jsonschema

from browser import Browser

TESTS = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = TESTS / "detection" / "programs"
SAMPLES = {"race": "lost-update.sysv.bug.c", "deadlock": "two-lock-deadlock.threads.bug.c",
           "lost wake-up": "lost-wakeup.threads.bug.c", "misuse": "value-set-again.sysv.bug.c"}

# Prints markup, has it in its source, in its arguments and in the name of its file.
HOSTILE = r'''
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
static int written;  /* </code></li></ol></style><script>document.title = "taken"</script> */
static void* work(void* nothing) {
  int seen = written;
  written = seen + 1;  // <img src=x onerror="document.title = 'taken'"> <b id=forged>
  return nothing;
}
int main(int count, char** words) {
  pthread_t threads[2];
  creat("<b id=forged>left&amp;", 0600);
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("<script>document.title = 'taken'</script><b id=forged>\"'&lt;%d%s\n", written, words[count - 1]);
  return written == 2 ? 0 : 1;
}
'''
HOSTILE_NAME = "x\"'><script>document.title='taken'<b id=forged>.c"

PLACES = """
return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).map(e => {
  const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom, r.width, r.height]; })"""
FOCUSED = "return document.activeElement.closest('li.step')?.innerText ?? document.activeElement.tagName"


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="jitterlab-pages-")
        here = pathlib.Path(cls.folder.name)
        sources = {name: PROGRAMS / program for name, program in SAMPLES.items()}
        sources["hostile"] = here / HOSTILE_NAME
        sources["hostile"].write_text(HOSTILE, encoding="utf-8")
        cls.pages = {}
        for name, source in sources.items():
            cls.pages[name] = here / f"{name}.html"
            ran = subprocess.run([jitterlab, "explore", "--cache", cache, "--executions", "60", "--html", cls.pages[name],
                                  source, "--", "</title><script>"], capture_output=True, text=True)
            if ran.returncode != 1:
                raise RuntimeError(f"{source}: {ran.stdout}{ran.stderr}")
        cls.pages["grade"] = here / "grade.html"
        lab = TESTS / "structure" / "first_screen"
        words = ["--html", here / "replay.html", *cls.grade(lab / "spooler", lab / "spooler.c")]
        cls.pages["replay"] = here / "replay.html"
        subprocess.run([jitterlab, "replay", "--cache", cache, *words], capture_output=True, check=False)

    @classmethod
    def grade(cls, lab, submission):
        """Writes the page and the SARIF log; the words for `replay`."""
        cls.sarif = pathlib.Path(cls.folder.name) / "grade.sarif"
        ran = subprocess.run([jitterlab, "grade", lab, submission, "--cache", cache, "--format", "html=" + str(cls.pages["grade"]),
                              "--format", "sarif=" + str(cls.sarif)], capture_output=True, text=True)
        if ran.returncode != 1:
            raise RuntimeError(ran.stdout + ran.stderr)
        token = json.loads(cls.sarif.read_text())["runs"][0]["results"][0]["properties"]["token"]
        return [token, lab, submission]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def each(self, *sizes, dark=False):
        """Every page opened in windows of these sizes."""
        walk = self.walk(sizes, dark)
        self.addCleanup(walk.close)  # ends the browser where the test fails in between
        return walk

    def walk(self, sizes, dark):
        for width, height in sizes:
            with Browser(width, height, dark) as browser:
                for name, page in self.pages.items():
                    browser.requests()  # forgets those of the page before
                    browser.open(page)
                    yield browser, name

    def test_a_page_opens_from_disk_without_complaints_and_asks_for_nothing_else(self):
        for browser, name in self.each((1280, 800)):
            self.assertEqual(browser.complaints(), [])
            self.assertEqual(browser.requests(), [browser.run("return location.href")])

    def test_the_steps_that_matter_are_seen_without_scrolling(self):
        for browser, name in self.each((1280, 800)):
            where = ".wait-picture, .story .fails .step.key" if name == "deadlock" else ".failure .pair .side, .fails .step.key"
            places = browser.run(PLACES, where)
            self.assertGreaterEqual(len(places), 3)
            for left, top, right, bottom, width, height in places:
                self.assertTrue(left >= 0 and top >= 0 and right <= 1280 and bottom <= 800, places)
                self.assertTrue(width > 40 and height > 10, places)

    def test_nothing_is_wider_than_the_window_of_a_phone(self):
        for browser, name in self.each((360, 740), (1000, 700), (1280, 800)):
            self.assertLessEqual(browser.run("return document.documentElement.scrollWidth - innerWidth"), 0)
            for left, top, right, bottom, width, height in browser.run(PLACES, "section *:not(.source-lines *, .unseen)"):
                self.assertLessEqual(right, browser.size[0] + 1)

    def test_the_keyboard_reaches_every_step_and_shows_where_it_is_and_its_source(self):
        for browser, name in self.each((1280, 800)):
            steps = browser.run("return [...document.querySelectorAll('#failure-1 li.step')].map(e => e.innerText)")
            self.assertGreaterEqual(len(steps), 4)
            browser.run("document.querySelector('.choice-0').click(); document.activeElement.blur()")
            while browser.run(FOCUSED) in ("BODY", "SUMMARY", "OL"):  # long lines can be scrolled
                browser.press("Tab")
            for number, step in enumerate(steps):
                self.assertEqual(browser.run(FOCUSED), step)
                shown = browser.run("return [...document.querySelectorAll('#failure-1 .choice')].map(e => e.checkVisibility())")
                self.assertEqual([i for i, is_shown in enumerate(shown) if is_shown], [number])
                self.assertEqual(browser.run("return getComputedStyle(document.activeElement.closest('li')).outlineStyle"),
                                 "solid")
                browser.press("Down")
            browser.press("Up", "Up")
            self.assertEqual(browser.run(FOCUSED), steps[-2])

    def test_a_screen_reader_is_told_the_task_the_step_and_the_line(self):
        for browser, name in self.each((1280, 800)):
            browser.cdp("Accessibility.enable", {})
            tree = browser.cdp("Accessibility.getFullAXTree", {})["nodes"]
            radios = [node["name"]["value"] for node in tree if node.get("role", {}).get("value") == "radio"]
            for radio in radios:
                self.assertRegex(radio, r"(main|child|thread|spooler).*")
            self.assertTrue(any("line " in radio for radio in radios), radios)

    def test_what_a_program_prints_or_contains_stays_text(self):
        with Browser() as browser:
            browser.open(self.pages["hostile"])
            self.assertEqual(browser.run("return document.scripts.length"), 0)
            self.assertEqual(browser.run("return document.querySelectorAll('img, #forged, title ~ title').length"), 0)
            self.assertNotEqual(browser.run("return document.title"), "taken")
            text = browser.run("return document.body.textContent")
            for part in (HOSTILE_NAME, "file <b id=forged>left&amp;", 'creat("<b id=forged>left&amp;", 0600);', "<img src=x onerror=\"document.title = 'taken'\">",
                         "<script>document.title = 'taken'</script><b id=forged>\"'&lt;1</title><script>"):
                self.assertIn(part, text)
            self.assertEqual(browser.complaints(), [])

    def test_a_script_that_got_into_a_page_would_not_run(self):
        with Browser() as browser:
            page = pathlib.Path(self.folder.name) / "broken.html"
            page.write_text(self.pages["race"].read_text().replace("</main>", "<script>document.title='taken'</script></main>"))
            browser.open(page)
            self.assertNotEqual(browser.run("return document.title"), "taken")
            self.assertTrue(any("Content Security Policy" in words for words in browser.complaints()))

    def test_a_grade_tells_points_counts_and_hint_and_how_to_see_it_again(self):
        with Browser() as browser:
            browser.open(self.pages["grade"])
            text = browser.run("return document.body.innerText")
            self.assertEqual(browser.run("return document.querySelector('h1').innerText"), "spooler: 1 of 4 points, failed")
            for part in ("0 of 3 points", "0 of 10 plain runs", "Plain runs did not show it", "Two processes may read the same",
                         "jitterlab replay 1x-", "ends: passed"):
                self.assertIn(part, text)
            self.assertRegex(text, r"\d+ of 100 schedules")

    def test_a_misuse_is_shown_with_both_lines_and_their_source(self):
        with Browser() as browser:
            browser.open(self.pages["misuse"])
            text = browser.run("return document.querySelector('section.found').innerText")
            for part in ("Also found", "is set again after another has used it", "uses it", "sets it again",
                         "semctl(set, 0, SETVAL, (union semun){.val = 0});", "value-set-again. Seen in"):
                self.assertIn(part, text)
            self.assertEqual(browser.run("return document.querySelectorAll('.found .side').length"), 2)

    def test_a_replay_tells_the_story_of_its_schedule(self):
        with Browser() as browser:
            browser.open(self.pages["replay"])
            self.assertEqual(browser.run("return document.querySelector('h1').innerText"), "This schedule fails")
            self.assertEqual(browser.run("return document.querySelector('h2').innerText"), "all-jobs")

    def test_the_sarif_log_of_a_grade_is_as_the_standard_has_it(self):
        log = json.loads(self.sarif.read_text())
        jsonschema.validate(log, json.loads((TESTS / "report" / "sarif-2.1.0.subset.schema.json").read_text()))
        result, *races = log["runs"][0]["results"]
        lines = [place["physicalLocation"]["region"]["startLine"] for place in
                 (result["locations"] + result["relatedLocations"])]
        self.assertEqual(lines, [9, 9])
        self.assertTrue(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith(
            "/structure/first_screen/spooler.c"))
        self.assertEqual({race["ruleId"] for race in races}, {"race"})

    def test_dark_windows_get_dark_pages(self):
        for dark, is_bright in ((False, True), (True, False)):
            with Browser(dark=dark) as browser:
                browser.open(self.pages["race"])
                ground = browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
                self.assertEqual(min(ground) > 128, is_bright)

    def test_the_two_that_matter_differ_in_more_than_colour(self):
        with Browser() as browser:
            browser.open(self.pages["race"])
            badges = browser.run("return [...document.querySelectorAll('.pair .badge')].map(e => e.innerText)")
            self.assertEqual(badges, ["1", "2"])
            self.assertIn("A race", browser.run("return document.body.innerText"))
            browser.open(self.pages["deadlock"])
            words = browser.run("return document.querySelector('div.waits').innerText")
            self.assertIn("thread 1 waits at", words)
            self.assertEqual(browser.run("return document.querySelectorAll('.wait.cause').length"), 2)


if __name__ == "__main__":
    jitterlab, cache = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
