/** Do n8n and the number mean the same day? Pure. n8n's own default is New York. */
import { DateTime } from 'luxon';
import { fine, wrong } from '../channel/findings';
import type { Finding } from '../channel/port';
import type { Instant } from '../model';

export function timeZoneFindings(workflowZone: string, channelZone: string, now: Instant): Finding[] {
	const offset = (zone: string) => DateTime.fromMillis(now, { zone }).offset;
	if (offset(workflowZone) === offset(channelZone)) {
		return [fine('timeZone', `n8n and the number use the same time: ${channelZone}.`)];
	}
	return [
		wrong(
			'timeZone',
			`This workflow runs on the time of ${workflowZone}, but the days of the number go by ${channelZone}.`,
			`Set the Timezone in the settings of the workflow, or GENERIC_TIMEZONE=${channelZone} for all of n8n; or change the number with Channel: Set Limits.`,
		),
	];
}
