import {
	decide,
	isReminderDue,
	isSameNumber,
	type SessionFacts,
} from '../../../../../engine/channel/linked-device/decide';

const DAY = 24 * 3_600_000;
const AUGUST = Date.parse('2026-08-01T12:00:00Z');

/** Held, owned, wanted, and nothing done yet. */
const facts = (given: Partial<SessionFacts> = {}): SessionFacts => ({
	...{ held: true, mine: true, free: false, wanted: true, atRest: false, stopped: false },
	...{ connection: 'none', due: true, wantsCode: false, ...given },
});

describe('what a process does about a session', () => {
	it('connects what it holds and owns, once the pause is over', () => {
		expect(decide(facts())).toBe('connect');
		expect(decide(facts({ due: false }))).toBe('none');
		expect(decide(facts({ connection: 'other' }))).toBe('none');
	});

	it('owns what is wanted and free, and only what it holds', () => {
		expect(decide(facts({ mine: false, free: true }))).toBe('take');
		expect(decide(facts({ mine: false, free: false }))).toBe('none');
		expect(decide(facts({ mine: false, free: true, held: false }))).toBe('none');
		expect(decide(facts({ mine: false, free: true, stopped: true }))).toBe('none');
		expect(decide(facts({ mine: false, free: true, wanted: false, atRest: true }))).toBe('none');
	});

	it('takes over what was deactivated while its owner was gone, to end it', () => {
		expect(decide(facts({ mine: false, free: true, wanted: false }))).toBe('take');
		expect(decide(facts({ wanted: false }))).toBe('unlink');
	});

	it('lets go of its line once it owns the session no more, or nobody holds it', () => {
		expect(decide(facts({ mine: false, connection: 'other' }))).toBe('leave');
		expect(decide(facts({ held: false, connection: 'other' }))).toBe('leave');
		expect(decide(facts({ held: false }))).toBe('leave');
	});

	it('unlinks what is not wanted any more, and rests then', () => {
		expect(decide(facts({ wanted: false, connection: 'other' }))).toBe('unlink');
		expect(decide(facts({ wanted: false, atRest: true }))).toBe('leave');
	});

	it('tries nothing while it is stopped', () => {
		expect(decide(facts({ stopped: true }))).toBe('leave');
	});

	it('starts linking over for a code to type, and asks for it there', () => {
		expect(decide(facts({ wantsCode: true, connection: 'byQr' }))).toBe('codeAnew');
		expect(decide(facts({ wantsCode: true, connection: 'byCode' }))).toBe('askCode');
		expect(decide(facts({ wantsCode: true, connection: 'other' }))).toBe('none');
	});
});

describe('the reminder to link anew (C-09)', () => {
	it('comes every 15 days, counted from the link and from the last reminder', () => {
		expect(isReminderDue(AUGUST, null, AUGUST + 15 * DAY - 1)).toBe(false);
		expect(isReminderDue(AUGUST, null, AUGUST + 15 * DAY)).toBe(true);
		expect(isReminderDue(AUGUST, AUGUST + 15 * DAY, AUGUST + 29 * DAY)).toBe(false);
		expect(isReminderDue(AUGUST, AUGUST + 15 * DAY, AUGUST + 30 * DAY)).toBe(true);
	});

	it('never comes for what is not linked, nor because a clock was set back', () => {
		expect(isReminderDue(null, null, AUGUST)).toBe(false);
		expect(isReminderDue(AUGUST, AUGUST + 40 * DAY, AUGUST + DAY)).toBe(false);
	});
});

describe('whether two numbers are one line (B-17, D-06)', () => {
	it('tolerates a missing ninth digit of a Brazilian mobile', () => {
		expect(isSameNumber('5531987654321', '553187654321')).toBe(true);
		expect(isSameNumber('551187654321', '5511987654321')).toBe(true);
	});

	it('tells other numbers apart', () => {
		expect(isSameNumber('5511987654321', '5511987654322')).toBe(false);
		expect(isSameNumber('551130000001', '5511930000001')).toBe(false);
		expect(isSameNumber('351912345678', '351912345679')).toBe(false);
	});
});
