"""The stations of a visit by purpose: THE one table. Pure.

It says which stations a purpose has and in which order, what each must leave behind before the next one opens, why a
station may truly not apply, and whether what was said there may still be corrected. Back is a look, forward is earned.
"""

from __future__ import annotations

from dataclasses import dataclass

from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a station truly does not apply; `follow_up` is the task that then stands in its place."""

    id: str
    name: Words
    purposes: tuple[str, ...] = ()
    follow_up: Words | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """环节: its name, what it must leave behind (`lacking` says so when it has not), and the words of the button: `done`, `go`."""

    id: str
    name: Words
    lacking: Words
    why: Words
    done: Words
    go: Words
    reasons: tuple[Reason, ...] = ()
    is_correctable: bool = False


_LOSS = ("new_loss",)
STATIONS: tuple[Station, ...] = (
    Station(
        "welcome", Words("迎接", "Welcome"),
        Words("还没有问来办什么事", "The purpose of the visit was not asked"),
        Words("先知道来办什么，才知道走哪几步。", "The purpose decides which stations follow."),
        Words("记好了", "Save"), Words("去迎接", "go to the welcome"), is_correctable=True,
    ),
    Station(
        "identity", Words("身份与授权", "Identity"),
        Words("还没有核对身份和授权", "Identity and authority are not established"),
        Words("先知道是谁，才能谈保单和个人信息。", "We must know who it is before speaking of policy and personal data."),
        Words("证件已看", "Seen"), Words("看证件", "see the document"),
        reasons=(
            Reason("general_question", Words("只问一般的事，不涉及保单和个人信息", "A general question; no policy or personal data is needed"), ("ask",)),
            Reason("prefers_not", Words("客户不愿出示证件，只答一般的事", "The visitor prefers not to show a document; only general answers are given"), ("ask",)),
            Reason("complains_unnamed", Words("客户不愿出示证件，或名下没有保单；投诉照样受理，不谈保单", "The visitor shows no document or holds no policy; the complaint is taken all the same, and no policy is spoken of"), ("complaint",)),
        ),
    ),
    Station(
        "listening", Words("倾听", "Listening"),
        Words("客户的陈述还没有记下、念读、确认", "The account was not noted, read back and confirmed"),
        Words("原话是以后一切核对的起点。", "Their own words are where every later check begins."),
        Words("念过了，没错", "Read back"), Words("听客户讲", "listen"),
        reasons=(
            Reason("written_account", Words("客户交来书面经过，作为材料收下", "The visitor brought a written account; it is taken in as a paper"), _LOSS),
            Reason("not_able_now", Words("客户现在不便讲，另约时间听", "The visitor cannot speak of it now; another time is agreed"), _LOSS,
                   Words("另约时间听客户讲经过", "Listen to the account at another time")),
        ),
    ),
    Station(
        "facts", Words("出险事实", "Facts"),
        Words("出险事实还没有问全", "The facts of the loss are not complete"),
        Words("每件事要么有答案，要么写明谁去查。", "Each question needs an answer, or a person who will find out."),
        Words("记好了", "Save"), Words("问事实", "ask the facts"), is_correctable=True,
    ),
    Station(
        "check", Words("当场核对", "Check"),
        Words("还没有当场核对保单和保障", "Policy and cover were not checked at the counter"),
        Words("有疑问当面说，好过回去以后再写信。", "A doubt is better said face to face than in a letter later."),
        Words("看过了", "Looked through"), Words("去核对", "go to check"),
    ),
    Station(
        "first_view", Words("初步看法", "First view"),
        Words("还没有说初步看法", "The first view was not told"),
        Words("客户要知道大概的范围和它的理由；这不是承诺。", "The visitor should know the rough range and its reasons; it is no promise."),
        Words("说过了", "Told"), Words("说看法", "tell the first view"),
        reasons=(
            Reason("does_not_wish", Words("客户现在不想听金额", "The visitor does not wish to hear an amount now"), _LOSS),
            Reason("only_delivers", Words("来人只代交材料，无权听保单内容", "The visitor only delivers papers and may not hear what the policy holds"), _LOSS,
                   Words("给本人打电话，说初步看法", "Call the person concerned and tell the first view")),
        ),
    ),
    Station(
        "explanation", Words("说明", "Explanation"),
        Words("还没有说明程序、时间和下一步，并请客户复述", "Procedure, time and next step were not explained and said back"),
        Words("客户要真的明白，回家以后才不用猜。", "What is understood need not be guessed at home."),
        Words("客户复述过了", "Said back"), Words("去说明", "explain"),
        reasons=(
            Reason("explained_by_phone", Words("来人只代交材料，改为电话向本人说明", "The visitor only delivers papers; it will be explained to the person concerned by phone"),
                   ("new_loss", "bring_papers"), Words("给本人打电话，说明程序、时间和下一步", "Call the person concerned: procedure, time, next step")),
        ),
    ),
    Station(
        "papers", Words("收件", "Papers"),
        Words("还没有收件，申请书没有念读签名", "Papers were not taken and the application is not read back and signed"),
        Words("法定期限从收到签名的申请和第一份证明起算。", "The legal clocks run from the signed application and the first proof."),
        Words("收好了", "Taken"), Words("去收件", "take the papers"),
        reasons=(
            Reason("nothing_brought", Words("客户今天没有带材料", "The visitor brought no papers today"), _LOSS,
                   Words("打电话问材料备得怎样，需要帮什么", "Call and ask how the papers are coming along and what helps")),
            Reason("sends_later", Words("客户要自己寄来或交到别的网点", "The visitor will send them or bring them to another branch"), _LOSS,
                   Words("看材料寄到没有，没有就打电话", "See whether the papers have come; if not, call")),
        ),
    ),
    Station(
        "answer", Words("回答", "Answer"),
        Words("客户的问题还没有记下和回答", "The question was not noted and answered"),
        Words("问过什么、答了什么，下一位同事也要知道。", "What was asked and answered, the next colleague should know too."),
        Words("答好了", "Answered"), Words("去回答", "answer"),
    ),
    Station(
        "calm", Words("安抚", "Calm mode"),
        Words("安抚的六步还没有走完", "The six steps of the calm mode are not complete"),
        Words("先安顿人，再办事；投诉当场记下，给编号和负责人。", "First the person, then the matter; the complaint is noted here and gets its number and its owner."),
        Words("六步走完", "Six steps done"), Words("去安抚", "go to the calm mode"),
    ),
    Station(
        "farewell", Words("送别", "Farewell"),
        Words("还没有说好下次联系的日子", "The next contact is not agreed"),
        Words("客户走的时候要知道：下一步是什么、哪天、找谁。", "On leaving, the visitor knows the next step, the day and the person."),
        Words("送别，结束接待", "See off and close"), Words("去送别", "say farewell"),
    ),
)
BY_ID = {station.id: station for station in STATIONS}


@dataclass(frozen=True, slots=True)
class Purpose:
    """来意: what somebody comes for, in their words, and the stations it leads through."""

    id: str
    name: Words
    said: Words
    stations: tuple[str, ...]
    needs_claim: bool = False


PURPOSES: dict[str, Purpose] = {p.id: p for p in (
    Purpose("new_loss", Words("报案理赔", "A new loss"), Words("出了事，想申请理赔", "Something happened and I want to claim"),
            ("welcome", "identity", "listening", "facts", "check", "first_view", "explanation", "papers", "farewell")),
    Purpose("bring_papers", Words("交材料", "Bring papers"), Words("来补交材料", "I bring papers for a claim"),
            ("welcome", "identity", "papers", "explanation", "farewell"), needs_claim=True),
    Purpose("ask", Words("咨询", "Ask"), Words("想问一问", "I have a question"), ("welcome", "identity", "answer", "farewell")),
    Purpose("complaint", Words("投诉", "Complaint"), Words("有不满意的地方，想投诉", "I am not satisfied and want to complain"),
            ("welcome", "identity", "calm", "farewell")),
    Purpose("collect_papers", Words("取回材料", "Collect papers"), Words("来取回原件", "I come for my originals"),
            ("welcome", "identity", "papers", "farewell"), needs_claim=True),
)}

SITUATIONS: dict[str, Words] = {
    "first_visit": Words("第一次来", "First visit"),
    "accompanying": Words("陪同家人来", "Accompanying a relative"),
    "elderly": Words("长者", "Elderly visitor"),
    "injury": Words("本人有伤病", "Hurt or ill"),
    "bereavement": Words("家有丧事", "Bereaved"),
    "anger": Words("心里有气", "Upset"),
}

CORRECTABLE_BEFORE = frozenset({"check", "first_view", "explanation", "papers"})
"""Where a visit may stand while its facts are still corrected; each correction leads back to the check."""


def stations_of(purpose: str) -> tuple[Station, ...]:
    """The stations of a purpose in order; before it is known, those of a new loss."""
    return tuple(BY_ID[s] for s in PURPOSES.get(purpose, PURPOSES["new_loss"]).stations)


def position(purpose: str, station: str) -> int:
    """The place of a station in the visit's order, from 0; -1 when the purpose does not have it."""
    ids = [s.id for s in stations_of(purpose)]
    return ids.index(station) if station in ids else -1


def after(purpose: str, station: str) -> Station | None:
    """The next station, None after the last."""
    order = stations_of(purpose)
    at = position(purpose, station)
    return order[at + 1] if 0 <= at < len(order) - 1 else None


def before(purpose: str, station: str) -> Station | None:
    """The station before, None at the first."""
    at = position(purpose, station)
    return stations_of(purpose)[at - 1] if at > 0 else None


def lacking_between(purpose: str, *, present: str, target: str) -> tuple[Station, ...]:
    """Every station that must still be done before `target` opens, the present one first."""
    order = stations_of(purpose)
    return order[max(0, position(purpose, present)) : max(0, position(purpose, target))]


def reasons_for(station: str, purpose: str) -> tuple[Reason, ...]:
    """The reasons for which this station may not apply to a visit of this purpose; none means it always applies."""
    return tuple(r for r in BY_ID[station].reasons if not r.purposes or purpose in r.purposes)


def button(purpose: str, station: str) -> Words:
    """What the filled button says: done here, and where it leads."""
    onward = after(purpose, station)
    done = BY_ID[station].done
    if onward is None:
        return done
    return Words(f"{done.zh}，{onward.go.zh}", f"{done.en}, {onward.go.en}")
