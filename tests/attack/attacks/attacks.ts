import type { Attack } from '../attack-shape'
import { announcedFiles } from './announced-files'
import { costlySearch } from './costly-search'
import { filledReactions } from './filled-reactions'
import { floods } from './floods'
import { heavyPins } from './heavy-pins'
import { manyDirects } from './many-directs'
import { manyMembers } from './many-members'
import { neverJoin } from './never-join'
import { oversizedText } from './oversized-text'
import { pipelinedHeads } from './pipelined-heads'
import { rawBytes } from './raw-bytes'
import { reconnectStorm } from './reconnect-storm'
import { refusalLog } from './refusal-log'
import { roomsAndCodes } from './rooms-and-codes'
import { slowClients } from './slow-clients'
import { stalledUploads } from './stalled-uploads'
import { unaskedPongs } from './unasked-pongs'
import { unreadAssets } from './unread-assets'
import { unreadFiles } from './unread-files'
import { unreadSockets } from './unread-sockets'
import { wholeOffice } from './whole-office'

/** All of them, in the order of the table. */
export const attacks: readonly Attack[] = [
  unreadAssets,
  unreadFiles,
  unreadSockets,
  pipelinedHeads,
  stalledUploads,
  slowClients,
  rawBytes,
  neverJoin,
  reconnectStorm,
  oversizedText,
  unaskedPongs,
  costlySearch,
  heavyPins,
  announcedFiles,
  filledReactions,
  roomsAndCodes,
  refusalLog,
  manyMembers,
  manyDirects,
  wholeOffice,
  ...floods,
]
