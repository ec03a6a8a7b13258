import triagem from '../../../workflows/01-triagem.json';
import { openAllDay } from '../../../scripts/lib/demo.mjs';

it('opens the demonstration around the clock and leaves the rest of the workflow as shipped', () => {
	const demo = openAllDay(triagem);
	const hours = demo.nodes.find((node: any) => node.name === 'Está aberto?');
	expect(hours.parameters).toMatchObject({ schedule: 'allDay', brazilianHolidays: false });
	const others = (nodes: any[]) => nodes.filter((node) => node.name !== 'Está aberto?');
	expect(others(demo.nodes)).toEqual(others(triagem.nodes));
});
