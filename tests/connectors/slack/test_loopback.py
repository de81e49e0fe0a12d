"""The loopback Slack itself, with Slack's own client and Bolt: what it keeps, refuses, sends, and sends again."""

import http.client
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Broken, Cut, Hang, RateLimited, Refuse


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        server.deliverer.pauses = (0.05, 0.1, 0.1)
        yield server


def client_of(slack: SlackServer, **more: Any) -> WebClient:
    return WebClient(token=slack.token, base_url=slack.url, timeout=5, retry_handlers=[], **more)


def bolt(slack: SlackServer) -> App:
    return App(client=client_of(slack), signing_secret=slack.signing_secret, process_before_response=True)


@contextmanager
def over_http(slack: SlackServer, app: App) -> Iterator[None]:
    """Serve a Bolt app to the loopback Slack."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = app.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
            data = str(said.body or "").encode()
            self.send_response(said.status)
            for name, values in said.headers.items():
                self.send_header(name, values[0])
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Keep the output clean."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 256

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    slack.deliverer.url = f"http://127.0.0.1:{server.server_address[1]}/slack/events"
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def over_socket(slack: SlackServer, app: App) -> Iterator[SocketModeHandler]:
    handler = SocketModeHandler(app, slack.app_token, web_client=client_of(slack), ping_interval=0.2)
    handler.connect()
    slack.wait_for(lambda: slack.lines.open)
    try:
        yield handler
    finally:
        handler.client.auto_reconnect_enabled = False
        slack.lines.close()
        handler.close()


def code_of(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(action_id: str, value: str = "1") -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": action_id,
        "value": value,
        "text": {"type": "plain_text", "text": "담당자 연결"},
    }


MODAL = {
    "type": "modal",
    "callback_id": "why",
    "title": {"type": "plain_text", "text": "무엇이 아쉬웠나요?"},
    "submit": {"type": "plain_text", "text": "보내기"},
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "이유"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def test_messages_are_kept(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    client = client_of(slack)
    assert WebClient(base_url=slack.url).api_test()["ok"]
    assert "chat:write" in client.auth_test().headers["x-oauth-scopes"]
    said = minsu.says(room, "환불은 며칠 걸리나요?")
    mark = {"event_type": "answer", "event_payload": {"key": "k1"}}
    posted = client.chat_postMessage(channel=room.id, thread_ts=said.ts, text="3일 걸립니다.", metadata=mark)
    client.chat_update(channel=room.id, ts=posted["ts"], text="영업일 3일 걸립니다.")
    plain = client.conversations_replies(channel=room.id, ts=said.ts)["messages"]
    assert [each["text"] for each in plain] == ["환불은 며칠 걸리나요?", "영업일 3일 걸립니다."]
    assert "metadata" not in plain[1]
    full = client.conversations_replies(channel=room.id, ts=said.ts, include_all_metadata=True)["messages"]
    assert full[1]["metadata"] == mark
    assert full[0]["reply_count"] == 1
    assert said.ts.replace(".", "") in client.chat_getPermalink(channel=room.id, message_ts=said.ts)["permalink"]
    client.chat_delete(channel=room.id, ts=posted["ts"])
    assert slack.posts(room) == []


def test_history_in_pages_and_late(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    room = slack.channel("질문", minsu)
    client = client_of(slack)
    for number in range(5):
        minsu.says(room, f"질문 {number}")
    pages = [page["messages"] for page in client.conversations_history(channel=room.id, limit=2)]
    assert [len(each) for each in pages] == [2, 2, 1]
    assert pages[0][0]["text"] == "질문 4"
    slack.workspace.lag = 0.2
    late = minsu.says(room, "늦게 보임")
    assert late.ts not in [each["ts"] for each in client.conversations_history(channel=room.id)["messages"]]
    slack.wait_for(lambda: client.conversations_history(channel=room.id)["messages"][0]["ts"] == late.ts)


def test_streams(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    client = client_of(slack)
    said = minsu.says(room, "질문")
    with pytest.raises(SlackApiError) as nobody:
        client.chat_startStream(channel=room.id, thread_ts=said.ts)
    assert code_of(nobody) == "missing_recipient_team_id"
    whom = {"recipient_team_id": "T0LOOPBACK", "recipient_user_id": minsu.id}
    stream = client.chat_stream(channel=room.id, thread_ts=said.ts, buffer_size=1, **whom)
    stream.append(markdown_text="**환불**은 ")
    stream.append(markdown_text="3일 걸립니다.")
    assert slack.replies(room, said.ts) == []
    with pytest.raises(SlackApiError) as running:
        client.chat_update(channel=room.id, ts=stream.ts or "", text="x")
    assert code_of(running) == "streaming_state_conflict"
    mark = {"event_type": "answer", "event_payload": {"key": "k"}}
    stream.stop(blocks=[section("출처")], metadata=mark)
    (post,) = slack.replies(room, said.ts)
    assert (post["text"], post["metadata"], len(post["blocks"])) == ("**환불**은 3일 걸립니다.", mark, 2)
    slack.workspace.stream_life = 0.0
    late = client.chat_startStream(channel=minsu.direct.id, thread_ts=minsu.says(minsu.direct, "안녕").ts)
    for call in (client.chat_appendStream, client.chat_stopStream):
        with pytest.raises(SlackApiError) as expired:
            call(channel=minsu.direct.id, ts=late["ts"], markdown_text="늦음")
        assert code_of(expired) == "message_not_in_streaming_state"


@pytest.mark.parametrize(
    ("blocks", "code", "where"),
    [
        ([section("가" * 3001)], "invalid_blocks", "/blocks/0/text/text"),
        ([section("a")] * 51, "invalid_blocks", "/blocks"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "a"}}], "invalid_blocks", "/blocks/0/text"),
        ([{"type": "markdown", "text": "가" * 12_001}], "invalid_blocks", "/blocks/0/text"),
        ([{"type": "markdown", "text": "가" * 7_000}] * 2, "msg_blocks_too_long", ""),
        ([{"type": "actions", "elements": [button("a"), button("a")]}], "invalid_blocks", "/elements/1/action_id"),
        ([{"type": "actions", "elements": [button("a", "v" * 2001)]}], "invalid_blocks", "/elements/0/value"),
        ([{"type": "actions", "elements": [button(f"a{n}") for n in range(26)]}], "invalid_blocks", "/elements"),
        ([{"type": "nonsense"}], "invalid_blocks", "/blocks/0/type"),
    ],
)
def test_wrong_blocks_are_refused(slack: SlackServer, blocks: list[Any], code: str, where: str) -> None:
    room = slack.channel("고객지원")
    with pytest.raises(SlackApiError) as refused:
        client_of(slack).chat_postMessage(channel=room.id, text="a", blocks=blocks)
    assert code_of(refused) == code
    assert where in str(refused.value.response.get("response_metadata", {}).get("messages", ""))


def test_long_text_is_refused(slack: SlackServer) -> None:
    room = slack.channel("고객지원")
    client = client_of(slack)
    ts = client.chat_postMessage(channel=room.id, text="가" * 40_000)["ts"]
    with pytest.raises(SlackApiError) as too_long:
        client.chat_postMessage(channel=room.id, text="가" * 40_001)
    assert code_of(too_long) == "msg_too_long"
    client.chat_update(channel=room.id, ts=ts, text="가" * 1_333)
    with pytest.raises(SlackApiError) as updated:
        client.chat_update(channel=room.id, ts=ts, text="가" * 1_334)
    assert code_of(updated) == "msg_too_long"


def test_faults(slack: SlackServer) -> None:
    room = slack.channel("고객지원")
    client = client_of(slack)
    need = {"needed": "chat:write", "provided": "im:read"}
    slack.fails("chat.postMessage", RateLimited(7), Broken(500), Cut(), Cut(after=True), Refuse("missing_scope", need))
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel=room.id, text="1")
    assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "7")
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=room.id, text="2")
    for text in ("3", "4"):
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            client.chat_postMessage(channel=room.id, text=text)
    with pytest.raises(SlackApiError) as scope:
        client.chat_postMessage(channel=room.id, text="5")
    assert scope.value.response["needed"] == "chat:write"
    assert [post["text"] for post in slack.posts(room)] == ["4"]
    assert len(slack.calls("chat.postMessage")) == 5
    slack.fails("users.info", Hang(5))
    hurried = WebClient(token=slack.token, base_url=slack.url, timeout=0.3, retry_handlers=[])
    with pytest.raises(TimeoutError):
        hurried.users_info(user="U1")


def test_places_that_are_gone(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    private, old = slack.channel("비밀", minsu, kind="group", bot=False), slack.channel("옛날", minsu)
    minsu.archives(old)
    client = client_of(slack)
    for channel, code in (
        (private.id, "channel_not_found"),
        (old.id, "is_archived"),
        (slack.channel("공개", minsu, bot=False).id, "not_in_channel"),
        ("C404", "channel_not_found"),
    ):
        with pytest.raises(SlackApiError) as gone:
            client.chat_postMessage(channel=channel, text="a")
        assert code_of(gone) == code
    slack.posts_per_second = 1
    client.chat_postMessage(channel=minsu.id, text="1")
    with pytest.raises(SlackApiError) as soon:
        client.chat_postMessage(channel=minsu.id, text="2")
    assert soon.value.response.status_code == 429
    slack.revoked = True
    with pytest.raises(SlackApiError) as revoked:
        client.auth_test()
    assert code_of(revoked) == "token_revoked"


def test_people_groups_files_marks(slack: SlackServer) -> None:
    minsu, guest = slack.person("민수", admin=True), slack.person("Guest", locale="en-US", guest="ultra")
    partner = slack.person("Partner", team="T0OTHER")
    client = client_of(slack)
    assert client.users_info(user=minsu.id, include_locale=True)["user"]["locale"] == "ko-KR"
    assert client.users_info(user=guest.id)["user"]["is_ultra_restricted"]
    assert client.users_info(user=partner.id)["user"]["is_stranger"]
    group = slack.group("인사팀", minsu)
    assert client.usergroups_users_list(usergroup=group)["users"] == [minsu.id]
    assert client.usergroups_list(include_users=True)["usergroups"][0]["users"] == [minsu.id]
    said = minsu.says(minsu.direct, "", files={"규정.csv": "질문,답\n".encode()})
    link = said.post["files"][0]["url_private_download"]
    with urllib.request.urlopen(link) as page:
        assert "Sign in" in page.read().decode()
    asked = urllib.request.Request(link, headers={"Authorization": f"Bearer {slack.token}"})
    with urllib.request.urlopen(asked) as page:
        assert page.read().decode() == "질문,답\n"
    client.files_upload_v2(channel=minsu.direct.id, filename="요약.txt", content="한글 내용")
    assert slack.workspace.contents[list(slack.workspace.files)[-1]].decode() == "한글 내용"
    client.reactions_add(channel=minsu.direct.id, timestamp=said.ts, name="eyes")
    with pytest.raises(SlackApiError) as twice:
        client.reactions_add(channel=minsu.direct.id, timestamp=said.ts, name="eyes")
    assert code_of(twice) == "already_reacted"
    client.assistant_threads_setStatus(channel_id=minsu.direct.id, thread_ts=said.ts, status="생각 중…")
    assert slack.workspace.statuses[-1]["status"] == "생각 중…"
    prompts = [{"title": "휴가", "message": "휴가는 며칠인가요?"}]
    client.assistant_threads_setSuggestedPrompts(channel_id=minsu.direct.id, prompts=prompts, thread_ts=said.ts)
    assert slack.workspace.prompts == []
    client.assistant_threads_setSuggestedPrompts(channel_id=minsu.direct.id, prompts=prompts)
    assert slack.workspace.prompts[-1]["prompts"] == prompts


def listening(slack: SlackServer, heard: list[tuple[str, str]]) -> App:
    """A small app of each kind of listener."""
    app = bolt(slack)
    for kind in ("message", "app_mention", "app_home_opened"):
        app.event(kind)(lambda body: heard.append((body["event"]["type"], body["event_id"])))

    @app.action("ask")
    def clicked(ack: Any, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        respond(text="연결했습니다", replace_original=True)

    @app.view("why")
    def submitted(ack: Any, view: dict[str, Any]) -> None:
        text = view["state"]["values"]["reason"]["text"]["value"]
        ack(response_action="errors", errors={"reason": "너무 짧아요"}) if len(text) < 3 else ack()

    @app.command("/dapbot")
    def commanded(ack: Any, command: dict[str, Any]) -> None:
        ack(f"도움말: {command['text']}")

    @app.shortcut("summarize_thread")
    def chosen(ack: Any, shortcut: dict[str, Any]) -> None:
        ack()
        heard.append(("shortcut", shortcut["message_ts"]))

    return app


@pytest.mark.parametrize("way", [over_http, over_socket])
def test_people_act(slack: SlackServer, way: Any) -> None:
    heard: list[tuple[str, str]] = []
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with way(slack, listening(slack, heard)):
        said = minsu.says(room, f"{slack.mention} 환불은 며칠 걸리나요?")
        slack.wait_for(lambda: said.acked)
        assert sorted(kind for kind, _ in heard) == ["app_mention", "message"]
        assert len({named for _, named in heard}) == 2
        minsu.opens_home("messages")
        slack.wait_for(lambda: heard[-1][0] == "app_home_opened")
        client = client_of(slack)
        client.chat_postMessage(
            channel=room.id, text="답", thread_ts=said.ts, blocks=[{"type": "actions", "elements": [button("ask")]}]
        )
        click = minsu.clicks(room, slack.posts(room)[-1], "ask")
        slack.wait_for(lambda: click.acked and slack.workspace.views and slack.responses)
        assert slack.posts(room)[-1]["text"] == "연결했습니다"
        (view,) = slack.workspace.views.values()
        short = minsu.submits(view, {"reason": {"text": {"type": "plain_text_input", "value": "음"}}})
        slack.wait_for(lambda: short.acked)
        assert short.answer["errors"] == {"reason": "너무 짧아요"}
        command = minsu.commands(room, "/dapbot", "help")
        slack.wait_for(lambda: command.acked)
        assert "도움말: help" in str(command.answer)
        minsu.uses_shortcut(room, said.post, "summarize_thread")
        slack.wait_for(lambda: heard[-1] == ("shortcut", said.ts))


def test_trigger_ids_run_out_and_views_conflict(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    client = client_of(slack)
    slack.workspace.trigger_life = 0.0
    with pytest.raises(SlackApiError) as late:
        client.views_open(trigger_id=slack.workspace.trigger(minsu.id), view=MODAL)
    assert code_of(late) == "expired_trigger_id"
    slack.workspace.trigger_life = 3.0
    view = client.views_open(trigger_id=slack.workspace.trigger(minsu.id), view=MODAL)["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    with pytest.raises(SlackApiError) as stale:
        client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    assert code_of(stale) == "hash_conflict"
    with pytest.raises(SlackApiError) as wrong:
        client.views_update(view_id=view["id"], view=MODAL | {"title": {"type": "plain_text", "text": "가" * 25}})
    assert "/view/title/text" in str(wrong.value.response["response_metadata"]["messages"])
    home = {"type": "home", "blocks": [section("안녕하세요")]}
    client.views_publish(user_id=minsu.id, view=home)
    assert slack.workspace.homes[minsu.id]["blocks"][0]["text"]["text"] == "안녕하세요"


@pytest.mark.parametrize("way", [over_http, over_socket])
def test_what_is_not_taken_comes_again(slack: SlackServer, way: Any) -> None:
    tries: list[str] = []
    app = bolt(slack)

    @app.event("message")
    def failing(body: dict[str, Any]) -> None:
        tries.append(body["event_id"])
        if len(tries) < 3:
            raise OSError("the disk is full")

    slack.deliverer.patience = 0.3
    minsu = slack.person("민수")
    with way(slack, app):
        said = minsu.says(minsu.direct, "질문")
        slack.wait_for(lambda: said.acked)
    assert len(tries) >= 3
    assert len(set(tries)) == 1
    if slack.deliverer.url:
        first, second = said.events[0].tries[:2]
        assert "X-Slack-Retry-Num" not in first.sent
        assert (second.sent["X-Slack-Retry-Num"], second.sent["X-Slack-Retry-Reason"]) == ("1", "http_error")


def test_only_slack_can_speak_as_slack(slack: SlackServer) -> None:
    heard: list[tuple[str, str]] = []
    minsu = slack.person("민수")
    with over_http(slack, listening(slack, heard)):
        (event,) = minsu.says(minsu.direct, "질문").events
        slack.wait_for(lambda: event.acked)
        slack.deliverer.pauses = ()
        assert slack.deliverer.post(event, secret="another").status == 401
        assert slack.deliverer.post(event, age=301).status == 401
        assert slack.deliverer.post(event).status == 200
    assert len(heard) == 2


def test_lines_break_and_come_back(slack: SlackServer) -> None:
    heard: list[tuple[str, str]] = []
    minsu = slack.person("민수")
    with over_socket(slack, listening(slack, heard)):
        first = slack.lines.open[0].number
        slack.lines.disconnect("refresh_requested")
        slack.wait_for(lambda: slack.lines.open and slack.lines.open[-1].number > first)
        slack.wait_for(lambda: len(slack.lines.open) == 1)
        slack.deliverer.pauses = (0.1,) * 50
        said = minsu.says(minsu.direct, "아직 있나요?")
        slack.wait_for(lambda: said.acked)
        second = slack.lines.open[0].number
        slack.lines.die()
        slack.deliverer.patience = 0.2
        lost = minsu.says(minsu.direct, "끊긴 사이의 질문")
        slack.wait_for(lambda: len(lost.events[0].tries) > 1)
        assert not lost.acked
        slack.deliverer.patience = 3.0
        slack.lines.cut()
        slack.wait_for(lambda: lost.acked and slack.lines.open[-1].number > second, 10)


def test_many_events(slack: SlackServer) -> None:
    heard: list[tuple[str, str]] = []
    minsu = slack.person("민수")
    with over_http(slack, listening(slack, heard)):
        started = time.monotonic()
        said = [minsu.says(minsu.direct, f"질문 {number}") for number in range(100)]
        slack.wait_for(lambda: all(each.acked for each in said), 10)
        print(f"{100 / (time.monotonic() - started):.0f} events/s")
    assert len(set(heard)) == 100


def test_no_more_tries_where_the_app_does_not_want_them(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    app = bolt(slack)

    @app.middleware
    def refuse() -> BoltResponse:
        return BoltResponse(status=503, headers={"x-slack-no-retry": "1"})

    with over_http(slack, app):
        (event,) = minsu.says(minsu.direct, "질문").events
        slack.wait_for(lambda: event.given_up)
    assert [each.status for each in event.tries] == [503]


def test_news_about_messages(slack: SlackServer) -> None:
    minsu, bot = slack.person("민수"), slack.person("알림봇", bot=True)
    room = slack.channel("고객지원", minsu)
    said = minsu.says(room, "환불은?")
    minsu.edits(said, "환불 기간은?")
    minsu.reacts(room, said.ts, "pushpin")
    minsu.deletes(said)
    minsu.joins(room)
    bot.says(room, "배포 완료")
    minsu.says(minsu.direct, "파일", files={"a.csv": b"a,b"})
    told = [each.payload["event"] for each in slack.deliverer.all]
    assert [(each["type"], each.get("subtype", "")) for each in told] == [
        ("message", ""),
        ("message", "message_changed"),
        ("reaction_added", ""),
        ("message", "message_deleted"),
        ("member_joined_channel", ""),
        ("message", "channel_join"),
        ("message", "bot_message"),
        ("message", "file_share"),
    ]
    assert len({each.payload["event_id"] for each in slack.deliverer.all}) == 8


def test_the_bots_own_channels_are_listed_by_kind(slack: SlackServer) -> None:
    minsu = slack.person("민수")
    here, hidden = slack.channel("고객지원", minsu), slack.channel("인사", minsu, kind="group")
    slack.channel("잡담", minsu, bot=False)
    minsu.archives(slack.channel("지난 행사", minsu))
    client = client_of(slack)

    def listed(**wanted: Any) -> set[str]:
        return {each["id"] for each in client.users_conversations(exclude_archived=True, **wanted)["channels"]}

    assert listed(types="public_channel,private_channel") == {here.id, hidden.id}
    assert listed() == {here.id}
    slack.scopes -= {"groups:read"}
    with pytest.raises(SlackApiError, match="missing_scope"):
        listed(types="public_channel,private_channel")
