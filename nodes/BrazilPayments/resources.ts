/** What the node offers, in screen order. */
import { boletoResource } from './boleto/boleto.resource';
import { chargesResource } from './charges/charges.resource';
import { pixResource } from './pix/pix.resource';
import { taxIdResource } from './tax-id/tax-id.resource';

export const resources = [boletoResource, pixResource, taxIdResource, chargesResource];
