import { PRESETS } from '../../../../engine/business-hours/presets';
import { readSchedule } from '../../../../engine/business-hours/schedule';
import type { Schedule, Weekday } from '../../../../engine/business-hours/schedule';

const MON_FRI: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const describe_ = (weekly: Schedule['weekly']) => readSchedule({ weekly }).description;

describe('schedule', () => {
	it.each<[Schedule, string, string]>([
		[
			{ weekly: [{ days: MON_FRI, from: '25:00', to: '18:00' }] },
			'Weekly hours, row 1, "From": "25:00" is not a time of day.',
			'weekly',
		],
		[
			{
				weekly: [
					{ days: ['mon'], from: '8', to: '12' },
					{ days: ['mon'], from: '13:00', to: '18:60' },
				],
			},
			'Weekly hours, row 2, "To": "18:60" is not a time of day.',
			'weekly',
		],
		[{ weekly: [{ days: [], from: '08:00', to: '18:00' }] }, 'Weekly hours, row 1: no day is chosen.', 'weekly'],
		[
			{ weekly: [{ days: ['seg' as Weekday], from: '08:00', to: '18:00' }] },
			'Weekly hours, row 1: "seg" is not a day.',
			'weekly',
		],
		[
			{ weekly: [{ days: ['mon'], from: '24:00', to: '08:00' }] },
			'Weekly hours, row 1: a range cannot begin at 24:00.',
			'weekly',
		],
		[
			{ weekly: [{ days: ['mon'], from: '08:00', to: '08h' }] },
			'Weekly hours, row 1: "From" and "To" are both 08:00.',
			'weekly',
		],
		[{ weekly: [], zone: 'Brasília' }, 'Time zone "Brasília" does not exist.', 'zone'],
		[{ weekly: [], holidays: { state: 'XX' as 'SP' } }, 'State "XX" does not exist in Brazil.', 'state'],
	])('refuses %j naming the row or field (P-17)', (schedule, message, field) => {
		expect(() => readSchedule(schedule)).toThrow(
			expect.objectContaining({ name: 'ConfigurationError', message, field }),
		);
	});

	it('reads times as people write them', () => {
		const { rangesOn } = readSchedule({
			weekly: [
				{ days: ['mon'], from: '8', to: '12h' },
				{ days: ['mon'], from: '13h30', to: '18:00:00' },
				{ days: ['tue'], from: '00:00', to: '23:59' },
				{ days: ['wed'], from: '00:00', to: '00:00' },
				{ days: ['thu'], from: '18:00', to: '00:00' },
				{ days: ['fri'], from: '22:00', to: '6:00' },
			],
		});
		const week = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'];
		expect(week.map(rangesOn)).toEqual([
			[
				{ from: 480, to: 720 },
				{ from: 810, to: 1080 },
			],
			[{ from: 0, to: 1440 }],
			[{ from: 0, to: 1440 }],
			[{ from: 1080, to: 1440 }],
			[{ from: 1320, to: 1800 }],
			[],
		]);
	});

	it.each<[Schedule['weekly'], string]>([
		[[{ days: MON_FRI, from: '08:00', to: '18:00' }], 'seg. a sex. das 08:00 às 18:00'],
		[
			[
				{ days: MON_FRI, from: '13:00', to: '18:00' },
				{ days: [...MON_FRI, 'sat'], from: '08:00', to: '12:00' },
			],
			'seg. a sex. das 08:00 às 12:00 e das 13:00 às 18:00; sáb. das 08:00 às 12:00',
		],
		[[{ days: ['mon', 'wed', 'fri'], from: '20:00', to: '01:30' }], 'seg., qua. e sex. das 20:00 à 01:30'],
		[[{ days: ['sat', 'sun'], from: '01:00', to: '24:00' }], 'sáb. e dom. da 01:00 às 24:00'],
		[[{ days: [...MON_FRI, 'sat', 'sun'], from: '00:00', to: '24:00' }], 'todos os dias, 24 horas'],
		[[], 'sem horário de atendimento'],
	])('describes %j as %s', (weekly, text) => {
		expect(describe_(weekly)).toBe(text);
	});

	it('has business hours and outside hours beforehand (P-16)', () => {
		expect(PRESETS.map(({ value, schedule }) => [value, readSchedule(schedule).description])).toEqual([
			['commercial', 'seg. a sex. das 08:00 às 18:00'],
			['withLunch', 'seg. a sex. das 08:00 às 12:00 e das 13:00 às 18:00'],
			['allDay', 'todos os dias, 24 horas'],
			['outsideCommercial', 'fora do horário: seg. a sex. das 08:00 às 18:00'],
			['outsideWithLunch', 'fora do horário: seg. a sex. das 08:00 às 12:00 e das 13:00 às 18:00'],
			['outsideAllDay', 'fora do horário: todos os dias, 24 horas'],
		]);
	});
});
